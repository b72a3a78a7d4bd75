export type { QueueConnection } from './connection.js';
export { type Consumer, type ConsumerOptions, createConsumer } from './consumer.js';
export { EvictionPolicyError, QueueUnavailableError } from './errors.js';
export type { JobContext, JobHandlers, JobName, JobPayloads } from './jobs.js';
export { JobAbortedError } from './jobs-in-hand.js';
export type { Logger } from './logger.js';
export {
  type ChunkToEnqueue,
  createProducer,
  type DeliveryToEnqueue,
  type DraftToEnqueue,
  type Producer,
  type ProducerOptions,
} from './producer.js';
export { queueConnection, queueVariables } from './queue-environment.js';
