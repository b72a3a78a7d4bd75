import type { TableReport } from '@pledgeline/csv-core';
import { shortenDetection, shortenName } from './shorten-detection.js';
import type { ReadFile } from './upload-file.js';

/** Where a table stands in its upload, and what the merchant has to know of it. */
export type FilePlace = Pick<ReadFile, 'name' | 'sheet' | 'issues'>;

/** A file as the upload keeps it, of what was found out when it was read to its end. */
export function toReadFile(place: FilePlace, report: TableReport): Omit<ReadFile, 'firstRow'> {
  const { headers, rowCount, platform, detection, columns, dateOrders, format, decimalMark } = report;
  const {
    questions,
    suggestion,
    assumptions,
    orders,
    ordersAreWhole,
    damage,
    repair,
    repeats,
    newestDate,
    isSheet,
    fixes,
  } = report;
  return {
    kind: 'read',
    name: place.name,
    sheet: place.sheet,
    format: { ...format, decimalMark },
    // A copy shares nothing with the text of the file, which would stay until the upload is sealed. And with the old list goes what
    // csv-core remembers of its columns.
    headers: structuredClone(headers),
    rowCount,
    platform,
    detection: shortenDetection(detection),
    columns,
    questions,
    suggestion: suggestion && JSON.stringify(suggestion),
    assumptions,
    ordersToJoin: ordersAreWhole ? null : orders,
    repeats,
    dateOrders: dateOrders.map((column) => ({ ...column, header: shortenName(column.header) })),
    newestDate,
    damage,
    repair,
    isSheet,
    fixes,
    issues: place.issues,
  };
}
