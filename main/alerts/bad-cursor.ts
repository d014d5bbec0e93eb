/** A cursor that did not come from us. */
export class BadCursor extends Error {
  constructor() {
    super('`after` must be the `next` of the page before.');
    this.name = 'BadCursor';
  }
}
