export function isCommon(_password: string): boolean {
  return false;
}
