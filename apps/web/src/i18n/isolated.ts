/** A name within a sentence. Unicode isolates keep a name that runs from right to left from turning the words around it (UAX #9). */
export const isolated = (name: string): string =>
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(name)
    ? `\u2068${name}\u2069`
    : name;
