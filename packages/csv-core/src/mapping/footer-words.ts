/** Words for a sum or a part of one, in lower case. */
const sumWords = [
  'total|totals|grand ?total|sub ?total|sub-total|subtotals|sum|sums|overall|total sum|in total|balance carried forward',
  'summe|summen|gesamt|gesamtsumme|gesamtbetrag|gesamtergebnis|zwischensumme|zwischenergebnis|endsumme|insgesamt|ergebnis',
  'total général|total general|sous-total|sous total|somme|totaux|montant total|résultat',
  'totale|totale generale|totale complessivo|subtotale|somma|totali|suma|suma total|totales|total geral|soma|totais',
  'totaal|eindtotaal|subtotaal|som|totalt|summa|delsumma|slutsumma|i alt|sum totalt|samlet|yhteensä|välisumma',
  'razem|suma końcowa|suma częściowa|łącznie|ogółem|celkem|součet|mezisoučet|spolu|súčet|medzisúčet|összesen|végösszeg',
  'toplam|genel toplam|ara toplam|итого|всего|сумма|общий итог|промежуточный итог|разом|усього|всього|σύνολο|γενικό σύνολο',
  'jumlah|total keseluruhan|tổng|tổng cộng|รวม|รวมทั้งหมด|סה"כ|סך הכל|المجموع|الإجمالي|الاجمالي|مجموع',
  '合計|総計|小計|総合計|合计|总计|小计|总额|總計|總額|합계|총계|소계|총합계',
].join('|');
/** Words for a count or an average. */
const countWords =
  'count|average|avg|mean|anzahl|durchschnitt|nombre|moyenne|promedio|media|média|gemiddelde|aantal|number of (?:orders|pledges|backers|rows|records)';

/** `Total` and `Total: 3 orders`. */
const onlySum = new RegExp(`^(?:${sumWords}|${countWords})(?:\\s*[:=：(/].*)?$`, 'u');
/** `Total for March`, `合計60` and `A-1 Total`, as spreadsheets write subtotals. */
const withSum = new RegExp(
  `^(?:${sumWords})[\\s–—-].*$|^(?:合計|総計|小計|合计|总计|小计|합계|총계|소계).*$|^.* (?:total|totals|subtotal|ergebnis|totale|totaal|total général)$`,
  'u',
);

/** A line that a program writes about its file: pages, dates of the export, comments, counts of rows, the end. */
const notes: readonly RegExp[] = [
  /^(?:page|seite|página|pagina|pág|pag|strona|sida|side|sivu|strana|oldal|sayfa|страница|стр|сторінка|σελίδα|ページ|p)\.?\s*:?\s*\d+(?:\s*(?:of|\/|von|de|sur|di|van|z|av|af|из|з|från|\/|-)\s*\d+)?$/u,
  /^第\s*\d+\s*[页頁ページ]|^\d+\s*[/]\s*\d+\s*(?:ページ|页|頁|쪽|페이지)/u,
  /^(?:report |file |export |data |list |bericht |datei |rapport |informe |reporte )?(?:was |is )?(?:re)?(?:generated|exported|created|printed|downloaded|produced|prepared|compiled|powered|run)\b(?:.*\d.*| (?:by|on|at|from|with|using)\b.*|:.*|)$/u,
  /^(?:export|report|print|download|generation|run) (?:date|time|created|generated|run)\b.*$/u,
  /^(?:bericht |datei |liste )?(?:erstellt|erzeugt|exportiert|gedruckt|generiert|ausgedruckt|heruntergeladen)\b.*$/u,
  /^(?:rapport |fichier |liste )?(?:généré|exporté|imprimé|édité|créé|téléchargé)(?:e|s|es)?(?!\p{L}).*$/u,
  /^(?:informe |reporte |archivo |relatório |arquivo )?(?:generado|exportado|impreso|creado|descargado|gerado|criado|impresso|baixado)\b.*$/u,
  /^(?:generato|esportato|stampato|creato|scaricato|gegenereerd|geëxporteerd|afgedrukt|genererad|exporterad|utskriven|genereret|eksporteret|generert|eksportert|luotu|viety|wygenerowano|wyeksportowano|wydrukowano|utworzono|vygenerováno|exportováno|vytvořeno|létrehozva|oluşturuldu|oluşturulma|создано|сгенерировано|экспортировано|сформировано|створено)(?!\p{L}).*$/u,
  /^(?:作成日|出力日|印刷日|生成日期|导出时间|导出日期|匯出日期|생성일|출력일).*$/u,
  /^(?:#|\/\/|--|;;|\/\*|<!--)\s*\p{L}.*\s.*$/u,
  /^(?:#|\/\/|--|;;)\s+\S.*$/u,
  /^[([]?\d[\d.,]*\s+(?:rows?|records?|orders?|pledges?|backers?|entries|results?|lines?|zeilen|einträge|datensätze|bestellungen|lignes?|commandes?|filas?|registros?|pedidos?|righe|ordini|rijen|rader|wierszy|řádků|строк)(?:\s*\(?s?\)?)?(?:\s+(?:affected|selected|returned|exported|found|total|in set|exportiert|gefunden))?(?:\s*\(.*\))?[)\].]*$/u,
  /^(?:[-*=_\s]*)(?:end of (?:the )?(?:report|file|data|list|export|page|document)|end|eof|ende|ende (?:der|des) .*|fin|fin (?:du|de la|del|des) .*|fine|fine (?:del|della) .*|koniec|конец)(?:[-*=_.\s]*)$/u,
  /^(?:note|notes|disclaimer|legend|filter|filters|filters applied|applied filters|period|date range|report period|copyright|confidential|continued|hinweis|anmerkung|zeitraum|remarque|période|nota|período|periodo)\s*(?::.*|$)/u,
  /^(?:©|\(c\)|copyright\b|\*+\s*\p{L}).*$/u,
  /^(?:continued (?:on|from)|fortsetzung|suite |übertrag|carried forward|brought forward|report à nouveau)(?!\p{L}).*$/u,
];

/** Longer texts are no label of a sum. */
const MAX_LABEL = 200;

/** How strongly a text says that its row is a sum: `only` if it says little else. */
export function sumWordIn(text: string): 'only' | 'with-more' | null {
  if (text.length > MAX_LABEL) return null;
  const label = bareLabel(text);
  if (onlySum.test(label)) return 'only';
  return withSum.test(label) ? 'with-more' : null;
}

/** Whether a text is a line that a program writes about its file. */
export function isNote(text: string): boolean {
  const label = text.normalize('NFKC').trim().toLowerCase();
  return notes.some((pattern) => pattern.test(label));
}

/** In lower case, without the signs and the number around a label such as `** Total (3):`. */
function bareLabel(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[\s*#=_>–—-]+/u, '')
    .replace(/(?:[\s*#=_:.–—-]|[([]\s*[\d.,]+\s*[)\]])+$/u, '')
    .replace(/\s+/gu, ' ');
}
