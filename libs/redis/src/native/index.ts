export {
  redisServerIsThere,
  startNativeRedis,
  type NativeRedis,
  type NativeRedisOptions,
} from './start-native-redis.js';
