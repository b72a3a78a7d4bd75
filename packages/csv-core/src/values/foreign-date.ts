/** Names of the months, full and shortened, in the languages whose words the suggestion of columns knows. */
const NAMES = {
  Jan: 'januar january jänner jaenner janvier janv enero ene gener gen janeiro gennaio januari styczeń stycznia sty января январь янв ocak leden ledna',
  Feb: 'februar february feber février fevrier févr fevr fév febrero febrer fevereiro fev febbraio februari luty lutego lut февраля февраль фев şubat únor února',
  Mar: 'märz maerz mär mrz march mars marts marzo març março marco maart mrt marzec marca марта март мар mart březen března',
  Apr: 'april avril avr abril abr aprile kwiecień kwietnia kwi апреля апрель апр nisan duben dubna',
  May: 'mai may mayo maig maio maggio mag mei maj maja мая май mayıs květen května',
  Jun: 'juni june juin junio juny junho giugno giu czerwiec czerwca cze июня июнь июн haziran červen června',
  Jul: 'juli july juillet juil julio juliol julho luglio lug lipiec lipca lip июля июль июл temmuz červenec července',
  Aug: 'august août aout agosto agost ago augustus augusti sierpień sierpnia sie августа август авг ağustos srpen srpna',
  Sep: 'september septembre sept septiembre setiembre setembre setembro set settembre wrzesień września wrz сентября сентябрь сен сент eylül září',
  Oct: 'oktober october octobre octubre outubro ottobre ott okt out październik października paź октября октябрь окт ekim říjen října',
  Nov: 'november novembre noviembre novembro listopad listopada lis ноября ноябрь ноя kasım',
  Dec: 'dezember dez december décembre decembre déc diciembre dic desembre des dezembro dicembre dec grudzień grudnia gru декабря декабрь дек aralık prosinec prosince',
};

const MONTHS = new Map(
  Object.entries(NAMES).flatMap(([month, names]) => names.split(' ').map((name) => [name, month] as const)),
);

const WEEKDAYS = new Set(
  `montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi
  dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
  maandag dinsdag woensdag donderdag vrijdag zaterdag zondag segunda-feira terça-feira quarta-feira quinta-feira
  sexta-feira mo di mi do fr sa so`.split(/\s+/),
);

const HALF_BEFORE = /(오전|上午|午前|오후|下午|午後) ?(\d{1,2})(?:(?:시|時|时) ?|:)(\d{2})분?/;
const WORD = /[\p{L}][\p{L}\p{M}-]*/gu;

/**
 * A date in another language in the notation of an English one: `4 mars 2024` becomes `4 Mar 2024`, and
 * `2024. 3. 4. 오후 5:06` becomes `2024. 3. 4. 5:06 PM`. Other texts come back with small changes that do not make them
 * dates.
 */
export function englishDate(text: string): string {
  return text
    .normalize('NFC')
    .replace(HALF_BEFORE, (_, half: string, hour: string, minute: string) => {
      return `${hour}:${minute} ${/오전|上午|午前/.test(half) ? 'AM' : 'PM'}`;
    })
    .replace(/(\d) (?:uhr)$/i, '$1')
    .replace(/^1er /i, '1 ')
    .replace(/ (?:um|à|a las|alle|alle ore|às|om|o) (?=\d{1,2}[:h])/i, ' at ')
    .replace(/(\d{1,2}) ?h ?(\d{2})$/i, '$1:$2')
    .replace(/ (?:del? |d[’'] ?)/gi, ' ')
    .replace(/^([\p{L}-]+)[.,]* (?=\d)/u, (all, word: string) =>
      WEEKDAYS.has(word.toLowerCase()) ? '' : all,
    )
    .replace(WORD, (word) => MONTHS.get(word.toLowerCase()) ?? splitWord(word));
}

/** In `10-Dez-25` the hyphens stand between numbers, so only the word is matched; in `dez-2025` too. */
function splitWord(word: string): string {
  const bare = word.replace(/-$/, '');
  const month = MONTHS.get(bare.toLowerCase());
  return month === undefined ? word : `${month}${word.slice(bare.length)}`;
}
