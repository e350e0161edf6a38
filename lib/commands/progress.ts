/** A run's events as lines on stderr, under --verbose. */
import type { Listener } from '../agent/events.js';
import type { App } from '../app.js';

/** Characters of an observation that are shown. */
const MAX_SHOWN = 400;

export function tellEvents(app: App): Listener {
  return (event) => {
    switch (event.type) {
      case 'step':
        app.detail(`step ${event.number}`);
        break;
      case 'reply':
        if (event.text !== '') app.detail(`  says: ${event.text}`);
        break;
      case 'reading':
        break;
      case 'call':
        app.detail(`  calls ${event.call.name} ${JSON.stringify(event.call.input)}`);
        break;
      case 'observation':
        app.detail(`  ${event.call.name}: ${event.text.slice(0, MAX_SHOWN)}`);
        break;
    }
  };
}
