/** A place in a {@link LinkedList}. It is in one list at a time, or in none. */
export class Link<T> {
  readonly value: T;
  list: LinkedList<T> | undefined;
  before: Link<T> | undefined;
  after: Link<T> | undefined;

  constructor(value: T) {
    this.value = value;
  }

  /** Takes this place out of the list that it is in, if any. */
  remove(): void {
    if (!this.list) return;
    if (this.before) this.before.after = this.after;
    else this.list.first = this.after;
    if (this.after) this.after.before = this.before;
    else this.list.last = this.before;
    this.list = this.before = this.after = undefined;
  }
}

/** Values in order, each of which can go from any place in constant time. */
export class LinkedList<T> {
  first: Link<T> | undefined;
  last: Link<T> | undefined;

  /** Puts a place at the end of this list, wherever the place was before. */
  push(link: Link<T>): void {
    link.remove();
    link.list = this;
    link.before = this.last;
    if (this.last) this.last.after = link;
    else this.first = link;
    this.last = link;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let link = this.first; link; link = link.after) yield link.value;
  }
}
