import { Catch, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Hands a handler's error through as it was. Without it Nest turns every error into `{ status: 'error', message:
 * 'Internal server error' }`: a database that is away could then not be told from a poison event.
 */
@Catch()
export class OriginalErrors implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}
