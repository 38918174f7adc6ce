export { startNativeRedis, type NativeRedis } from './start-native-redis.js';
