import { READINESS_TEXTS, type Texts } from '@tocsin/contracts';
import { filled } from '../texts-of.js';
import type { Missing } from './readiness.js';

/** What is missing, and what to do about it, as one sentence. */
export const missingText = (missing: Missing): Texts =>
  filled(READINESS_TEXTS[missing.what], {
    methods: 'methods' in missing ? listed(missing.methods) : '',
    priorities: 'priorities' in missing ? listed(missing.priorities) : '',
    reason: 'reason' in missing ? missing.reason : '',
  });

const listed = (names: readonly string[]): Texts => ({ en: names.join(', '), 'zh-CN': names.join('、') });
