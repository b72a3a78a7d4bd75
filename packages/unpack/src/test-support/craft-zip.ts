import { crc32, deflateRawSync } from 'node:zlib';

/** A member of a zip that no program would write. What is not given is as it should be. */
export interface CraftedMember {
  readonly name: string | Buffer;
  readonly content?: string | Uint8Array;
  readonly flags?: number;
  /** 8 deflates the content; any other stores it. */
  readonly method?: number;
  readonly crc32?: number;
  /** As the directory announces it. */
  readonly size?: number;
  /** The offset in the directory, which has to be of other bytes: the member itself is not written then. */
  readonly offset?: number;
  /** Extra fields, in the directory only. */
  readonly extra?: Uint8Array;
  /** In place of the compressed content. */
  readonly packed?: Uint8Array;
}

const UTF8_NAME = 0x800;

/** Writes a zip archive byte by byte (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */
export function craftZip(members: readonly CraftedMember[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const content = Buffer.from(member.content ?? '');
    const method = member.method ?? 8;
    const packed = Buffer.from(member.packed ?? (method === 8 ? deflateRawSync(content) : content));
    const fields = Buffer.alloc(24);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(member.flags ?? UTF8_NAME, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(member.crc32 ?? crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(member.size ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const offset = Buffer.alloc(16);
    offset.writeUInt32LE(member.offset ?? at, 12);
    const extra = Buffer.from(member.extra ?? '');
    offset.writeUInt16LE(extra.length, 0);
    central.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), fields, offset, name, extra);
    if (member.offset !== undefined) continue;
    local.push(Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.alloc(2), name, packed);
    at += 30 + name.length + packed.length;
  }
  return Buffer.concat([...local, ...central, endRecord(members.length, Buffer.concat(central).length, at)]);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
