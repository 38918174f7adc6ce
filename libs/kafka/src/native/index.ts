export { NativeKafkaError } from './native-kafka-error.js';
export { startNativeKafka, type NativeKafka, type NativeKafkaOptions } from './start-native-kafka.js';
