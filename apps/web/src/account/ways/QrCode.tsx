interface QrCodeProps {
  /** The modules of the code, row by row, with their quiet zone; true: dark. */
  rows: boolean[][];
  name: string;
}

/** A QR code (ISO/IEC 18004), dark on light in every scheme: many cameras read no other. */
export function QrCode({ rows, name }: QrCodeProps) {
  const size = rows.length;
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={name}>
      <path d={path} />
    </svg>
  );
}
