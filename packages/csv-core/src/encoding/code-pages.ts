/** An encoding of one byte per character that browsers do not know. */
export interface CodePage {
  /** As IANA calls it, in lower case. */
  readonly name: string;
  /** Other names, in lower case. */
  readonly labels: readonly string[];
  /** The characters of the bytes 0x80 to 0xFF; U+FFFD where there is none. */
  readonly characters: string;
}

const SHADES = '░▒▓│┤';
const LINES = '╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀';
const SIGNS = '÷≈°∙·√ⁿ²■\u00a0';
const AMERICAN_SIGNS = `αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡${SIGNS}`;

/**
 * What Excel's "CSV (MS-DOS)" and "CSV (Macintosh)" write, which is the code page of the country. The WHATWG Encoding
 * Standard has IBM866 and Macintosh, and none of these. Source: the mapping tables of Unicode
 * (MAPPINGS/VENDORS/MICSFT/PC and APPLE/CENTEURO.TXT).
 */
export const CODE_PAGES: readonly CodePage[] = [
  {
    name: 'ibm437',
    labels: ['cp437', '437'],
    characters: `ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»${SHADES}${LINES}${AMERICAN_SIGNS}`,
  },
  {
    name: 'ibm737',
    labels: ['cp737', '737'],
    characters: `ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ${SHADES}${LINES}ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ${SIGNS}`,
  },
  {
    name: 'ibm775',
    labels: ['cp775', '775'],
    characters: `ĆüéāäģåćłēŖŗīŹÄÅÉæÆōöĢ¢ŚśÖÜø£Ø×¤ĀĪóŻżź”¦©®¬½¼Ł«»${SHADES}ĄČĘĖ╣║╗╝ĮŠ┐└┴┬├─┼ŲŪ╚╔╩╦╠═╬Žąčęėįšųūž┘┌█▄▌▐▀ÓßŌŃõÕµńĶķĻļņĒŅ’\u00ad±“¾¶§÷„°∙·¹³²■\u00a0`,
  },
  {
    name: 'ibm850',
    labels: ['cp850', '850'],
    characters: `ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»${SHADES}ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0`,
  },
  {
    name: 'ibm852',
    labels: ['cp852', '852'],
    characters: `ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»${SHADES}ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0`,
  },
  {
    name: 'ibm857',
    labels: ['cp857', '857'],
    characters: `ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»${SHADES}ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ\ufffdÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ\ufffd×ÚÛÙìÿ¯´\u00ad±\ufffd¾¶§÷¸°¨·¹³²■\u00a0`,
  },
  {
    name: 'ibm862',
    labels: ['cp862', '862'],
    characters: `אבגדהוזחטיךכלםמןנסעףפץצקרשת¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»${SHADES}${LINES}${AMERICAN_SIGNS}`,
  },
  {
    name: 'x-mac-ce',
    labels: ['macce', 'mac-centraleurope', 'x-mac-centraleurroman'],
    characters:
      'ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»…\u00a0ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ',
  },
];

/** The code page of that name or label, in any case. */
export function findCodePage(label: string): CodePage | undefined {
  const wanted = label.trim().toLowerCase();
  return CODE_PAGES.find(({ name, labels }) => name === wanted || labels.includes(wanted));
}
