import type { PledgeStatus } from '../schemas/pledge.js';

const words = {
  COLLECTED: `bezahlt, gezahlt, eingezogen, abgeschlossen; payé, payée, encaissé, réglé; pagado, pagada, cobrado, cobrada;
    pago, paga; pagato, pagata, incassato, riuscito; betaald, geslaagd, voldaan; opłacone, opłacony, zapłacone, zapłacono, opłacono;
    teilweise erstattet, teilerstattet; remboursement partiel, partiellement remboursé, remboursé partiellement;
    reembolso parcial, reembolsado parcialmente; rimborso parziale, parzialmente rimborsato; deels terugbetaald; 支払済, 支払済み, 支払い済み, 入金済, 入金済み, 決済完了, 決済済, 決済済み, 支払完了;
    已付款, 已支付, 已付; 결제완료, 결제 완료`,
  PENDING: `offen, ausstehend, unbezahlt, in bearbeitung; en attente, impayé, impayée; pendiente, pendente, por pagar;
    in attesa, non pagato; openstaand, in behandeling; oczekujące, oczekujący, nieopłacone, niezapłacono, nieopłacono; aguardando pagamento, pendiente de pago, pago pendiente; 未払い, 未入金, 処理中; 待付款,
    未付款, 待支付; 결제대기, 대기`,
  ERRORED:
    'fehlgeschlagen, fehler; échoué, échouée, erreur; fallido, fallida; falhou; fallito, fallita, non riuscito; mislukt; nieudane; 失敗, 決済失敗; 失败; 결제실패, 실패',
  CANCELED: `storniert, abgebrochen; annulé, annulée; cancelado, cancelada, anulado, anulada; annullato, annullata;
    geannuleerd; anulowane, anulowany; キャンセル, キャンセル済み, 取消; 已取消; 취소, 취소됨`,
  REFUNDED: `erstattet, zurückerstattet, rückerstattet; remboursé, remboursée; reembolsado, reembolsada, devuelto,
    devuelta; rimborsato, rimborsata; terugbetaald; zwrócone, zwrócony, zwrócono; 返金済, 返金済み; 已退款, 退款; 환불, 환불됨`,
} satisfies Partial<Record<PledgeStatus, string>>;

/** Words for the payment status in lists that people keep by hand, in ten languages besides English. */
export const foreignStatuses: Readonly<Record<string, PledgeStatus>> = Object.fromEntries([
  ...wordsFor('COLLECTED'),
  ...wordsFor('PENDING'),
  ...wordsFor('ERRORED'),
  ...wordsFor('CANCELED'),
  ...wordsFor('REFUNDED'),
]);

function wordsFor(status: keyof typeof words): readonly (readonly [string, PledgeStatus])[] {
  return words[status].split(/[,;]/).map((word) => [word.trim(), status]);
}
