import { type FastifyBaseLogger, type FastifyInstance, fastify } from 'fastify';
import type { AppContext } from './context.js';
import { authenticate } from './plugins/authentication.js';
import { lingerOnEarlyAnswers } from './plugins/lingering-close.js';
import { answerWithProblems, refuseAddress } from './plugins/problem-details.js';
import { refuseConnection } from './plugins/refuse-connection.js';
import { campaignRoutes } from './routes/campaigns/campaign-routes.js';
import { eventRoutes } from './routes/events/event-routes.js';
import { healthRoutes } from './routes/health/health-routes.js';
import { inspectRoute } from './routes/inspect/inspect-route.js';
import { templateRoutes } from './routes/mapping-templates/template-routes.js';
import { settingsRoutes } from './routes/notification-settings/settings-routes.js';
import { notificationRoutes } from './routes/notifications/notification-routes.js';
import { platformRoutes } from './routes/platforms/platform-routes.js';
import { recordRoutes } from './routes/records/record-routes.js';
import { uploadRoutes } from './routes/uploads/upload-routes.js';
import { webhookRoutes } from './routes/webhooks/webhook-routes.js';

/** Assembles the app. It listens to nothing yet, and closing it leaves database and producer to the caller. */
export async function buildApp({
  logger,
  ...context
}: AppContext & { readonly logger: FastifyBaseLogger }): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger,
    genReqId: () => crypto.randomUUID(),
    // What comes on a living connection while the server shuts down is answered, and the connection closed.
    return503OnClosing: false,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseConnection,
  });
  // Who reads a body does so as a stream; nobody else looks at it, whatever it claims to be.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  app.decorateRequest('merchantId', '');
  answerWithProblems(app, context.database);
  lingerOnEarlyAnswers(app);
  // Without a listener Node asks for the body at once, even of a client without a key.
  app.server.on('checkContinue', (request, reply) => app.routing(request, reply));

  await app.register(healthRoutes, context);
  await app.register(
    async (v1) => {
      authenticate(v1, context.database);
      await v1.register(uploadRoutes, { ...context, prefix: '/uploads' });
      await v1.register(inspectRoute, { ...context, prefix: '/inspect' });
      await v1.register(platformRoutes, { prefix: '/platforms' });
      await v1.register(templateRoutes, { ...context, prefix: '/mapping-templates' });
      await v1.register(campaignRoutes, { ...context, prefix: '/campaigns' });
      await v1.register(recordRoutes, context);
      await v1.register(notificationRoutes, { ...context, prefix: '/notifications' });
      await v1.register(settingsRoutes, { ...context, prefix: '/notification-settings' });
      await v1.register(webhookRoutes, { ...context, prefix: '/webhooks' });
      await v1.register(eventRoutes, { ...context, prefix: '/events' });
    },
    { prefix: '/v1' },
  );
  return app;
}
