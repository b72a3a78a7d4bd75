import { openWall } from '@pledgeline/db';
import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify';
import type { AppConfig, AppContext } from './context.js';
import { describeApi } from './contract/document.js';
import { documentRoutes } from './contract/document-routes.js';
import { docsRoutes } from './docs-page/docs-routes.js';
import { loadPage } from './page/load-page.js';
import { pageRoutes } from './page/page-routes.js';
import { sessionRoutes } from './page/session-routes.js';
import { addAnswerHeaders } from './plugins/answer-headers.js';
import { authenticate } from './plugins/authentication.js';
import { allowOrigins } from './plugins/cross-origin.js';
import { tagAnswers } from './plugins/entity-tags.js';
import { lingerOnEarlyAnswers } from './plugins/lingering-close.js';
import { merchantOfRequest, rememberMerchants } from './plugins/merchant-of-request.js';
import { answerOtherMethods } from './plugins/other-methods.js';
import { answerWithProblems, refuseAddress } from './plugins/problem-details.js';
import { refuseConnections } from './plugins/refuse-connection.js';
import { refuseParameters } from './plugins/refuse-parameters.js';
import { requireHost } from './plugins/require-host.js';
import { readJsonBodies } from './read-json.js';
import { campaignRoutes } from './routes/campaigns/campaign-routes.js';
import { summaryRoute } from './routes/campaigns/summary-route.js';
import { eventRoutes } from './routes/events/event-routes.js';
import { createStreams } from './routes/events/streams.js';
import { healthRoutes } from './routes/health/health-routes.js';
import { inspectRoute } from './routes/inspect/inspect-route.js';
import { keyRoutes } from './routes/keys/key-routes.js';
import { templateRoutes } from './routes/mapping-templates/template-routes.js';
import { settingsRoutes } from './routes/notification-settings/settings-routes.js';
import { notificationRoutes } from './routes/notifications/notification-routes.js';
import { platformRoutes } from './routes/platforms/platform-routes.js';
import { recordDetails } from './routes/records/record-details.js';
import { recordRoutes } from './routes/records/record-routes.js';
import { resumableRoutes } from './routes/resumable-files/resumable-routes.js';
import { progressRoute } from './routes/uploads/progress-route.js';
import { uploadRoutes } from './routes/uploads/upload-routes.js';
import { webhookRoutes } from './routes/webhooks/webhook-routes.js';
import { createMemoryBudget } from './turns/memory-budget.js';
import { createExportTurns, createFileTurns, limitRequests } from './turns/merchant-turns.js';

/** Builds the app, which does not listen yet. The caller closes database and producer after the app. */
export async function buildApp({
  logger,
  ...context
}: AppContext & { readonly logger: FastifyBaseLogger }): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger,
    genReqId: () => crypto.randomUUID(),
    // A request on an open connection during shutdown is answered; then the connection is closed.
    return503OnClosing: false,
    frameworkErrors: refuseAddress,
    // Node would refuse a request without a host by itself, without a word.
    http: { requireHostHeader: false },
    clientErrorHandler: refuseConnections(logger),
  });
  readJsonBodies(app, context.config);
  app.decorateRequest('merchantId', '');
  app.decorateRequest('keyId', '');
  addAnswerHeaders(app);
  requireHost(app);
  await allowOrigins(app, context.config);
  tagAnswers(app);
  answerWithProblems(app, context.database);
  lingerOnEarlyAnswers(app);
  // Without a listener Node sends "100 Continue" at once, even to a client without a key.
  app.server.on('checkContinue', (request, reply) => app.routing(request, reply));
  // Other expectations are none of ours: a server may leave them alone (RFC 9110, 10.1.1).
  app.server.on('checkExpectation', (request, reply) => app.routing(request, reply));

  const addOtherMethods = answerOtherMethods(app);
  await describeApi(app);

  await app.register(async (open) => {
    refuseParameters(open);
    await open.register(documentRoutes);
    await open.register(docsRoutes);
    await open.register(healthRoutes, context);
    await open.register(sessionRoutes, { ...context, prefix: '/app/session' });
  });
  await addPage(app, context.config);
  await app.register(
    async (v1) => {
      authenticate(v1, context.database, context.config);
      refuseParameters(v1);
      limitRequests(v1, context.config);
      rememberMerchants(v1);
      const database = openWall(context.database, merchantOfRequest);
      v1.addHook('onClose', () => database.close());
      const ofMerchant = { ...context, database };
      const { MEMORY_BUDGET_BYTES: budget, TURN_TIMEOUT_MS: timeoutMs } = context.config;
      const exports = { ...ofMerchant, exportTurns: createExportTurns(context.config) };
      const files = {
        ...exports,
        fileTurns: createFileTurns(context.config),
        memory: createMemoryBudget(budget, timeoutMs),
      };
      const ofAllMerchants = context.database;
      const withStreams = { ...ofMerchant, ofAllMerchants, streams: createStreams(v1, ofAllMerchants) };
      await v1.register(uploadRoutes, { ...files, prefix: '/uploads' });
      await v1.register(progressRoute, { ...withStreams, prefix: '/uploads' });
      await v1.register(resumableRoutes, { ...files, ofAllMerchants, prefix: '/resumable-files' });
      await v1.register(inspectRoute, { ...files, prefix: '/inspect' });
      await v1.register(platformRoutes, { prefix: '/platforms' });
      await v1.register(templateRoutes, { ...ofMerchant, prefix: '/mapping-templates' });
      await v1.register(campaignRoutes, { ...ofMerchant, prefix: '/campaigns' });
      await v1.register(summaryRoute, { ...ofMerchant, prefix: '/campaigns' });
      await v1.register(recordRoutes, exports);
      await v1.register(recordDetails, ofMerchant);
      await v1.register(notificationRoutes, { ...ofMerchant, prefix: '/notifications' });
      await v1.register(settingsRoutes, { ...ofMerchant, prefix: '/notification-settings' });
      await v1.register(webhookRoutes, { ...ofMerchant, prefix: '/webhooks' });
      await v1.register(keyRoutes, { ...ofMerchant, prefix: '/keys' });
      await v1.register(eventRoutes, { ...withStreams, prefix: '/events' });
    },
    { prefix: '/v1' },
  );
  addOtherMethods();
  return app;
}

/** Without its files there is no page, and the API is as useful as before. */
async function addPage(app: FastifyInstance, { PAGE_DIR }: AppConfig): Promise<void> {
  const files = await loadPage(PAGE_DIR);
  if (files !== null) return void (await app.register(pageRoutes, { files, prefix: '/app' }));
  app.log.warn({ event: 'no_page', folder: PAGE_DIR }, 'There is no page at /app: it was not built');
}
