import { describe, expect, it } from 'vitest';
import { normalizeHeader } from './normalize-header.js';
import { commonSecrets, isSecretHeader } from './secret-headers.js';

const isSecret = (header: string) => isSecretHeader(normalizeHeader(header), header, commonSecrets);

describe('isSecretHeader, in other languages than English', () => {
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
  ])('recognises the secret column %j', (header) => expect(isSecret(header)).toBe(true));

  it.each([
    'Kartenspiel',
    'Landkarte',
    'Postkarte',
    'Adresse',
    'Carte du monde',
    'Tarjeta postal',
    'Steuer',
    'Numéro',
  ])('does not take %j for a secret column', (header) => expect(isSecret(header)).toBe(false));
});
