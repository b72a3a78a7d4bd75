import type { ReactNode } from 'react';
import { Table } from '../../parts/table.js';
import { useSpeech } from '../../texts/texts.js';
import { eventTitle } from '../notifications/event-tag.js';
import type { Settings } from './settings-queries.js';

type Channels = Settings['channels'];
type Channel = Settings['availableChannels'][number];

interface ChannelTableProps {
  readonly types: Settings['types'];
  readonly available: readonly Channel[];
  readonly channels: Channels;
  readonly onChange: (channels: Channels) => void;
}

/** Which event is told in which way. */
export function ChannelTable({ types, available, channels, onChange }: ChannelTableProps): ReactNode {
  const { texts } = useSpeech();
  const set = (type: keyof Channels, channel: Channel, isOn: boolean): void => {
    const chosen = available.filter((each) => (each === channel ? isOn : channels[type].includes(each)));
    onChange({ ...channels, [type]: chosen });
  };
  return (
    <Table
      caption={texts.settings.channels}
      rows={types}
      keyOf={(type) => type}
      columns={[
        { title: texts.settings.event, cell: (type) => eventTitle(type, texts) },
        ...available.map((channel) => ({
          title: texts.settings.channelNames[channel],
          cell: (type: keyof Channels) => (
            <input
              type="checkbox"
              aria-label={`${eventTitle(type, texts)}: ${texts.settings.channelNames[channel]}`}
              checked={channels[type].includes(channel)}
              onChange={({ target }) => set(type, channel, target.checked)}
            />
          ),
        })),
      ]}
    />
  );
}
