/** Days and moments as numbers, in UTC: no clock and no time zone of the machine comes in. */

const DAY_SECONDS = 86_400;

/** Days since 1970-01-01. */
export function toDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 1000 / DAY_SECONDS;
}

export function dateText(day: number): string {
  return new Date(day * DAY_SECONDS * 1000).toISOString().slice(0, 10);
}

/** Seconds since 1970-01-01. */
export function toMoment(day: number, hour: number, minute: number, second: number): number {
  return day * DAY_SECONDS + hour * 3600 + minute * 60 + second;
}

export function momentText(moment: number): string {
  return `${new Date(moment * 1000).toISOString().slice(0, 19).replace('T', ' ')}+00`;
}

export function dayOf(moment: number): number {
  return Math.floor(moment / DAY_SECONDS);
}

/** 0 is January. */
export function monthOf(day: number): number {
  return new Date(day * DAY_SECONDS * 1000).getUTCMonth();
}
