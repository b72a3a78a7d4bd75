export { type MailServer, type ReceivedMail, startMailServer } from './mail-server.js';
export {
  type AnswerHow,
  type ReceivedWebhook,
  type Receiver,
  type ReceiverAnswer,
  startReceiver,
} from './receiver.js';
