/** A box on the screen, in CSS pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Equal tiles in rows; the last row may have fewer. */
export interface Arrangement {
  readonly columns: number;
  readonly tile: Box;
}

/** Between two tiles. */
export const GAP = 12;
/** More faces than that are not taken in at a glance. */
const MOST = 12;
/** A smaller tile has no room for a name. */
const SMALLEST: Box = { width: 148, height: 118 };
/** A single face need not fill a desk. */
const LARGEST = 680;
const WIDEST = 16 / 9;
const NARROWEST = 9 / 10;

/** How many tiles a stage has room for: at least one, at most twelve. */
export function capacityOf(stage: Box): number {
  const columns = fitting(stage.width, SMALLEST.width);
  const rows = fitting(stage.height, SMALLEST.height);
  return Math.min(MOST, columns * rows);
}

/** The arrangement in which so many tiles are largest on a stage. */
export function arrange(count: number, stage: Box): Arrangement {
  const all = Array.from({ length: Math.max(1, count) }, (_, index) => withColumns(index + 1, count, stage));
  return all.reduce((best, each) => (areaOf(each.tile) > areaOf(best.tile) ? each : best));
}

function withColumns(columns: number, count: number, stage: Box): Arrangement {
  const rows = Math.max(1, Math.ceil(count / columns));
  const width = Math.min(LARGEST, share(stage.width, columns));
  const height = share(stage.height, rows);
  return {
    columns,
    tile: { width: Math.min(width, height * WIDEST), height: Math.min(height, width / NARROWEST) },
  };
}

function share(length: number, count: number): number {
  return Math.max(0, Math.floor((length - GAP * (count - 1)) / count));
}

function fitting(length: number, smallest: number): number {
  return Math.max(1, Math.floor((length + GAP) / (smallest + GAP)));
}

function areaOf({ width, height }: Box): number {
  return width * height;
}
