// What a ballot needs of a group, whichever it is.

/** A group of prime order in which it is hard to find exponents. Written as a product. */
export interface Group<E> {
  readonly name: string;
  /** The number of its elements, a prime. */
  readonly order: bigint;
  /** g to the power of x; 0 ≤ x < order. */
  base(x: bigint): E;
  /** A function that raises `e` to a power, with a table made once. */
  powersOf(e: E): (x: bigint) => E;
  combine(a: E, b: E): E;
  isOne(e: E): boolean;
  /** As it stands in documents. */
  write(e: E): string;
  /** From a document; `undefined` unless it is an element of this group in its one spelling. */
  read(text: string): E | undefined;
}
