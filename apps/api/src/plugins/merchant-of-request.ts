import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';

const merchants = new AsyncLocalStorage<string>();

/**
 * The id of the merchant whose request is being answered by whoever calls.
 *
 * @throws Error outside of the handler of a request
 */
export function merchantOfRequest(): string {
  const merchantId = merchants.getStore();
  if (merchantId === undefined) {
    throw new Error('Something was asked behind the wall and outside of the handler of a request');
  }
  return merchantId;
}

/**
 * Lets whatever a handler calls or awaits know the merchant of its request. So no route can forget to hand the merchant on: that is
 * what the wall is for.
 */
export function rememberMerchants(app: FastifyInstance): void {
  // The last hook before the handler. A body may have been read in between, by whom the merchant would be forgotten.
  app.addHook('preHandler', ({ merchantId }, _reply, done) => merchants.run(merchantId, done));
}
