import { expect, it } from 'vitest';
import { normalizeHeader } from './normalize-header.js';
import { commonSecrets, isSecretHeader } from './secret-headers.js';

const isSecret = (header: string) => isSecretHeader(normalizeHeader(header), header, commonSecrets);

it.each([
  'Kreditkarte',
  'Kartennummer',
  'Steuernummer',
  'USt-IdNr',
  'IP-Adresse',
  'Numéro de carte',
  'Adresse IP',
  'Número de tarjeta',
  'Carta di credito',
  'カード番号',
])('never stores %j', (header) => expect(isSecret(header)).toBe(true));

it.each([
  'Kartenspiel',
  'Landkarte',
  'Postkarte',
  'Adresse',
  'Carte du monde',
  'Tarjeta postal',
  'Steuer',
  'Numéro',
])('takes %j for what it is', (header) => expect(isSecret(header)).toBe(false));
