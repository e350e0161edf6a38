/** Tokens put together anew, with places in the text that they make. */
import type { Token } from '../text/tokens.js';

export interface Written {
  readonly request: string;
  readonly tokens: readonly Token[];
}

export function written(pieces: readonly Token[]): Written {
  let request = '';
  const tokens = pieces.map((token): Token => {
    const raw = token.kind === 'quoted' ? `"${token.text}"` : token.text;
    const start = request.length;
    request += `${raw} `;
    return { ...token, start, end: start + raw.length };
  });
  return { request, tokens };
}
