/** The sample's calendar. */

/** The sample's dates are fixed, and so is the day on which its questions are asked. */
export const SAMPLE_TODAY = '2026-06-30';

/** The first day with orders. */
export const SAMPLE_START = '2023-07-01';
