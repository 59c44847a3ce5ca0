import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../config.ts';
import { ConfigError } from '../settings.ts';
import { maxLogoBytes } from './logo.ts';

/** Reads the settings with a logo of this content. @param name what its file is called */
function logoOf(content: string | Buffer, name = 'logo.svg') {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-logo-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, content);
  return readConfig({ HOUSE_LOGO: file }).house.logo;
}

/** An SVG around some content. @param more attributes of its root */
const svg = (content: string, more = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24"${more}>${content}</svg>`;

describe('an SVG that may do more than draw', () => {
  const hostile = {
    'a script': svg('<script>alert(1)</script>'),
    'a script from elsewhere': svg('<script href="https://evil.example/x.js"/>'),
    'a script under another prefix': `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>`,
    'a script of XHTML': svg('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
    'a script of XHTML in a description': svg(
      '<desc><h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script></desc>',
    ),
    'a script in notes of a drawing program': svg(
      '<n:namedview xmlns:n="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"><script>alert(1)</script></n:namedview>',
    ),
    'a script below a prefix that seems to be of notes': svg(
      '<inkscape:script xmlns:inkscape="http://www.w3.org/2000/svg">alert(1)</inkscape:script>',
    ),
    'a handler on the root': svg('<path d="M0 0"/>', ' onload="alert(1)"'),
    'a handler on a shape': svg('<path d="M0 0" onclick="alert(1)"/>'),
    'a handler in capitals': svg('<path d="M0 0" ONCLICK="alert(1)"/>'),
    'a handler that no list knows yet': svg('<path d="M0 0" onsomething="alert(1)"/>'),
    'a handler by XML events': svg(
      '<path xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click" d="M0 0"/>',
    ),
    'a link that runs': svg('<a href="javascript:alert(1)"><path d="M0 0"/></a>'),
    'a link that runs, in references': svg(
      '<a xlink:href="&#106;ava&#x73;cript:alert(1)"><path d="M0 0"/></a>',
    ),
    'a link that leads away': svg('<a href="https://evil.example"><path d="M0 0"/></a>'),
    'a use of another file': svg('<use href="https://evil.example/x.svg#a"/>'),
    'a use of another file beside this one': svg('<use xlink:href="other.svg#a"/>'),
    'a use of another file, after a blank': svg('<use href=" other.svg#a"/>'),
    'a use of data': svg('<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>'),
    'a use of another file under another prefix': svg(
      '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="//evil.example/x.svg#a"/>',
    ),
    'an image from elsewhere': svg('<image href="https://evil.example/x.png"/>'),
    'an image that is an SVG of its own': svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
    'an image with a type that is none': svg('<image href="data:image/png,&lt;svg/>"/>'),
    'a gradient from elsewhere': svg('<linearGradient xlink:href="https://evil.example/x.svg#a"/>'),
    'an image in a filter': svg('<filter><feImage href="#a"/></filter>'),
    'a foreign object': svg(
      '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Hello</p></foreignObject>',
    ),
    'a frame of XHTML': svg('<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/>'),
    'a page of XHTML around it': `<html xmlns="http://www.w3.org/1999/xhtml">${svg('')}</html>`,
    'a set of a link': svg('<set attributeName="href" to="javascript:alert(1)"/>'),
    'an animation of a link': svg('<animate attributeName="xlink:href" values="javascript:alert(1)"/>'),
    'an animation of a shape': svg('<path d="M0 0"><animateTransform attributeName="transform"/></path>'),
    'a handler of SVG Tiny': svg('<handler type="application/ecmascript">alert(1)</handler>'),
    'a discarded element': svg('<discard begin="1s"/>'),
    'a picture that moves': svg('<video href="https://evil.example/x.mp4"/>'),
    'a cursor from elsewhere': svg('<cursor href="https://evil.example/x.cur"/>'),
    'a font from elsewhere': svg(
      '<font-face><font-face-src><font-face-uri href="https://evil.example/x.svg#a"/></font-face-src></font-face>',
    ),
    'another base of its links': svg('<use xml:base="https://evil.example/" href="#a"/>'),
    'a DOCTYPE': `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">${svg('')}`,
    'an entity': `<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]>${svg('&x;')}`,
    'an entity that reads a file': `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg('<text>&x;</text>')}`,
    'an entity without a DOCTYPE': svg('<text>&x;</text>'),
    'a style sheet from elsewhere': `<?xml-stylesheet href="https://evil.example/x.css"?>${svg('')}`,
    'an import': svg('<style>@import "https://evil.example/x.css";</style>'),
    'an import in capitals': svg('<style>@IMPORT url(#a);</style>'),
    'an import in character data': svg('<style><![CDATA[@import "https://evil.example/x.css";]]></style>'),
    'an import in two pieces': svg('<style>@imp<![CDATA[ort "https://evil.example/x.css";]]></style>'),
    'an import behind a comment': svg('<style>@im<!-- -->port "https://evil.example/x.css";</style>'),
    'an import in references': svg('<style>&#64;import "https://evil.example/x.css";</style>'),
    'an import in an escape of CSS': svg('<style>@\\69mport "https://evil.example/x.css";</style>'),
    'a font of CSS': svg('<style>@font-face{font-family:a;src:url(https://evil.example/x)}</style>'),
    'a namespace of CSS': svg('<style>@namespace url(https://evil.example);</style>'),
    'a url in a style sheet': svg('<style>path{fill:url(https://evil.example/x.svg#a)}</style>'),
    'a url in quotes': svg('<style>path{fill:url( "//evil.example/x.svg#a" )}</style>'),
    'a url in an escape of CSS': svg('<style>path{fill:u\\72l(//evil.example/x.svg#a)}</style>'),
    'a url behind a quote that does not end': svg(
      '<style>path{font-family:"a\n;fill:url(//evil.example/x.svg#a);font-family:"}</style>',
    ),
    'a url behind a comment that is none': svg(
      '<style>path{fill:url(/*);stroke:url(//evil.example/x.svg#a);a:b*/)}</style>',
    ),
    'a url behind a blank that CSS knows none of': svg('<path fill="url(\u00a0#a)"/>'),
    'a url in a style': svg('<path style="fill:URL(//evil.example/x.svg#a)"/>'),
    'a url in an attribute': svg('<path filter="url(https://evil.example/x.svg#a)"/>'),
    'a url in an attribute, in references': svg('<path mask="u&#114;l(other.svg#a)"/>'),
    'a url in a variable': svg('<path style="--a:url(//evil.example/x.svg#a);fill:var(--a)"/>'),
    'a set of images': svg('<path style="mask-image:image-set(&quot;//evil.example/x.png&quot; 1x)"/>'),
    'an image of CSS': svg('<style>svg{background:image("//evil.example/x.png")}</style>'),
    'a source of CSS': svg('<style>svg{background:src("//evil.example/x.png")}</style>'),
    'a binding': svg('<path style="-moz-binding:url(//evil.example/x.xml#a)"/>'),
    'an expression': svg('<path style="width:expression(alert(1))"/>'),
    'a style sheet of another language': svg('<style type="text/javascript">a</style>'),
    'an element in a style sheet': svg('<style><g/>path{}</style>'),
    'an attribute that nobody knows': svg('<path d="M0 0" formaction="javascript:alert(1)"/>'),
    'an element that nobody knows': svg('<blink/>'),
    'an element of a program that nobody knows': svg('<x:y xmlns:x="urn:example"/>'),
    'an element of no namespace': svg('<g xmlns=""><script>alert(1)</script></g>'),
    'no namespace': '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
    'a root that is not svg': '<g xmlns="http://www.w3.org/2000/svg"/>',
    'two roots': svg('') + svg('<script/>'),
    'text around it': `${svg('')}<!-- a -->alert(1)`,
    'an attribute twice': svg('<path d="M0 0" d="M1 1"/>'),
    'an attribute twice, under two prefixes': svg(
      '<use xmlns:x="http://www.w3.org/1999/xlink" xlink:href="#a" x:href="#b"/>',
    ),
    'a prefix of no namespace': svg('<x:path/>'),
    'a prefix that every object has': svg('<constructor:path/>'),
    'a tag without an end': svg('<g>'),
    'an end without a start': svg('</g>'),
    'an attribute without quotes': svg('<path d=M0/>'),
    'an attribute without a blank before it': svg('<path d="M0 0"onclick="alert(1)"/>'),
    'a comment that a page would end elsewhere': svg('<!-- a -- b -->'),
    'a comment without an end': svg('<!-- <script>'),
    'character data without an end': svg('<style><![CDATA[</style>'),
    'a bare ampersand': svg('<text>a & b</text>'),
    'a reference to no character': svg('<text>&#0;</text>'),
    'a reference beyond all characters': svg('<text>&#x110000;</text>'),
    'a control character': svg('<text>\u0000</text>'),
    'another encoding': `<?xml version="1.0" encoding="UTF-7"?>${svg('')}`,
    'an instruction in the middle': svg('<?php system("id") ?>'),
    'no end to its depth': svg(`${'<g>'.repeat(300)}${'</g>'.repeat(300)}`),
  };

  it.each(Object.entries(hostile))('is refused for %s', (_what, content) => {
    const read = () => logoOf(content);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(
      /^HOUSE_LOGO is "[^"\n]+\/logo\.svg", an SVG that [^\n]+ \(line \d+\)\. Set [^\n]+\.$/,
    );
  });

  it.each([
    ['a name', `<style>${'a'.repeat(250_000)}</style>`],
    ['parentheses', `<style>${'('.repeat(250_000)}</style>`],
    ['blanks', `<path${' '.repeat(250_000)}/>`],
    ['attributes', `<path ${'a:'.repeat(125_000)}/>`],
    ['brackets', `<text>${']'.repeat(250_000)}</text>`],
  ])('is read in no time where it has many %s', (_what, content) => {
    const started = performance.now();
    try {
      logoOf(svg(content));
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('is named by its line, and by no more of it than a line takes', () => {
    const named = (content: string) => () => logoOf(content);
    expect(named(svg('\n<g>\n<script/></g>'))).toThrow('an SVG that has <script> (line 3). Set');
    expect(named(svg(`\n<path ${'a'.repeat(9_000)}="1"/>`))).toThrow(
      /has the attribute a{40}… on <path> \(line 2\)\./,
    );
    expect(named(svg('<use href="\u009b31m"/>'))).toThrow(/^[ -~…]*$/);
    expect(named(svg('<\u202e/>'))).toThrow(/^[ -~…]*$/);
  });
});

describe('an SVG that only draws', () => {
  const honest = {
    'of Inkscape, with its notes': `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->

<svg
   width="64mm"
   height="64mm"
   viewBox="0 0 64 64"
   version="1.1"
   id="svg5"
   inkscape:version="1.3.2 (091e20e, 2023-11-25, custom)"
   sodipodi:docname="anchor.svg"
   inkscape:export-filename="anchor.png"
   xml:space="preserve"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns:xlink="http://www.w3.org/1999/xlink"
   xmlns="http://www.w3.org/2000/svg"
   xmlns:svg="http://www.w3.org/2000/svg"
   xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
   xmlns:cc="http://creativecommons.org/ns#"
   xmlns:dc="http://purl.org/dc/elements/1.1/"><sodipodi:namedview
     id="namedview7"
     pagecolor="#ffffff"
     inkscape:pageopacity="0.0"
     inkscape:document-units="mm"
     showgrid="false"><inkscape:grid type="xygrid" id="grid9" /></sodipodi:namedview><defs
     id="defs2"><linearGradient inkscape:collect="always" id="linearGradient1"><stop
         style="stop-color:#1a5fb4;stop-opacity:1;" offset="0" id="stop1" /></linearGradient><linearGradient
       inkscape:collect="always" xlink:href="#linearGradient1" id="linearGradient2" x1="0" y1="0" x2="64" y2="64"
       gradientUnits="userSpaceOnUse" gradientTransform="matrix(1.2,0,0,0.8,-4,2)" /><inkscape:path-effect
       effect="spiro" id="path-effect1" is_visible="true" lpeversion="1" /></defs><metadata id="metadata1"><rdf:RDF><cc:Work
         rdf:about=""><dc:format>image/svg+xml</dc:format><dc:type
           rdf:resource="http://purl.org/dc/dcmitype/StillImage" /></cc:Work></rdf:RDF></metadata><g
     inkscape:label="Layer 1" inkscape:groupmode="layer" id="layer1" transform="translate(-8.1,-9.2)"><path
       style="fill:url(#linearGradient2);fill-opacity:1;stroke:#000000;stroke-width:0.26;stroke-linecap:round;-inkscape-stroke:none"
       d="m 8,8 c 1.2e-1,3 4,5 9,9 z" id="path1" sodipodi:nodetypes="ccc" inkscape:original-d="m 8,8 z" /><text
       xml:space="preserve" style="font-size:10.58px;line-height:1.25;font-family:'Noto Sans';-inkscape-font-specification:'Noto Sans, Bold'"
       x="4" y="60" id="text1"><tspan sodipodi:role="line" id="tspan1" x="4" y="60">Harbour &amp; Söhne</tspan></text></g></svg>
`,
    'of Figma, with a picture, a mask and a shadow': `<svg width="120" height="40" viewBox="0 0 120 40" fill="none" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<g clip-path="url(#clip0_12_34)" filter="url(#filter0_d_12_34)">
<mask id="mask0_12_34" style="mask-type:luminance" maskUnits="userSpaceOnUse" x="0" y="0" width="120" height="40">
<path d="M120 0H0V40H120V0Z" fill="white"/>
</mask>
<g mask="url(#mask0_12_34)">
<path fill-rule="evenodd" clip-rule="evenodd" d="M12 3.4C7.2 3.4 3.4 7.2 3.4 12Z" fill="#0B5FFF" fill-opacity="0.9" shape-rendering="crispEdges"/>
<rect x="40" width="40" height="40" rx="8" fill="url(#paint0_radial_12_34)" style="mix-blend-mode:multiply"/>
<rect width="32" height="32" fill="url(#pattern0)"/>
</g>
</g>
<defs>
<filter id="filter0_d_12_34" x="-4" y="0" width="128" height="48" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB">
<feFlood flood-opacity="0" result="BackgroundImageFix"/>
<feColorMatrix in="SourceAlpha" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0" result="hardAlpha"/>
<feOffset dy="4"/>
<feGaussianBlur stdDeviation="2"/>
<feComposite in2="hardAlpha" operator="out"/>
<feBlend mode="normal" in2="BackgroundImageFix" result="effect1_dropShadow_12_34"/>
</filter>
<pattern id="pattern0" patternContentUnits="objectBoundingBox" width="1" height="1">
<use xlink:href="#image0_12_34" transform="scale(0.03125)"/>
</pattern>
<radialGradient id="paint0_radial_12_34" cx="0" cy="0" r="1" gradientUnits="userSpaceOnUse" gradientTransform="translate(60 20) rotate(90) scale(20)">
<stop stop-color="#FFF"/>
<stop offset="1" stop-color="#0B5FFF" stop-opacity="0"/>
</radialGradient>
<clipPath id="clip0_12_34">
<rect width="120" height="40" fill="white"/>
</clipPath>
<image id="image0_12_34" width="32" height="32" preserveAspectRatio="none" xlink:href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="/>
</defs>
</svg>
`,
    'of Illustrator, with a style sheet': `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Adobe Illustrator 28.1.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" x="0px" y="0px"
	 viewBox="0 0 141.7 141.7" style="enable-background:new 0 0 141.7 141.7;" xml:space="preserve">
<style type="text/css">
	.st0{clip-path:url(#SVGID_00000116948347587651438830000009396193541293641513_);}
	.st1{fill:none;stroke:#1D1D1B;stroke-width:2;stroke-linecap:round;stroke-miterlimit:10;}
	.st2{font-family:'MyriadPro-Regular';}
</style>
<switch>
	<g>
		<defs>
			<rect id="SVGID_1_" x="10.2" y="10.2" width="121.3" height="121.3"/>
		</defs>
		<clipPath id="SVGID_00000116948347587651438830000009396193541293641513_">
			<use xlink:href="#SVGID_1_"  style="overflow:visible;"/>
		</clipPath>
		<polygon class="st1" points="70.9,10.2 131.5,131.5 10.2,131.5 "/>
		<text transform="matrix(1 0 0 1 35.5 120)" class="st2" style="font-size:12px;">Harbour</text>
	</g>
</switch>
</svg>
`,
    'of Illustrator’s export of assets': `<?xml version="1.0" encoding="UTF-8"?>
<svg id="Ebene_1" data-name="Ebene 1 (Kopie)" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="24" height="24" viewBox="0 0 24 24">
  <defs>
    <style>
      .cls-1 {
        fill: url(#Unbenannter_Verlauf);
      }

      .cls-1, .cls-2 {
        stroke-width: 0px;
      }
    </style>
    <linearGradient id="Unbenannter_Verlauf" data-name="Unbenannter Verlauf" x1="2" y1="12" x2="22" y2="12" gradientUnits="userSpaceOnUse">
      <stop offset="0" stop-color="#36a9e1"/>
    </linearGradient>
  </defs>
  <path class="cls-1" d="m12,2L2,22h20L12,2Z"/>
</svg>`,
    'of Sketch': svg(
      `<!-- Generator: Sketch 63.1 (92452) - https://sketch.com -->
<title>logo</title><desc>Created with Sketch.</desc>
<g id="Page-1" stroke="none" stroke-width="1" fill="none" fill-rule="evenodd" sketch:type="MSPage"><use fill="black" fill-opacity="1" filter="url(#filter-2)" xlink:href="#path-1"/></g>`,
      ' xmlns:sketch="http://www.bohemiancoding.com/sketch/ns"',
    ),
    'of SVGO, without a blank too many': svg(
      '<path fill="#f00" d="M0 0h24v24H0z"/><path d="m1 1"/>',
      ' width="24"',
    ),
    'that is ink in the light and paper in the dark': svg(
      '<style>path{fill:#111}@media (prefers-color-scheme:dark){path{fill:rgb(238 238 238)}}</style><path d="M0 0h9"/>',
    ),
    'with words for people who hear it': svg(
      '<title id="t">Harbour (the wiki)</title><path d="M0 0"/>',
      ' role="img" aria-labelledby="t" aria-label="url(https://example.com)" focusable="false"',
    ),
    'under a prefix': `<v:svg xmlns:v="http://www.w3.org/2000/svg"><v:path d='M0 0'/></v:svg>\n`,
    'behind a byte order mark': `\ufeff${svg('<circle r="4"/>')}`,
    'with a style sheet in character data': svg('<style><![CDATA[ g > path { fill: url("#a") } ]]></style>'),
    'with references': svg('<text>&lt;&#9875;&#x2693;&apos;&quot;&gt;</text>'),
  };

  it.each(Object.entries(honest))('is taken: %s', (_what, content) => {
    expect(logoOf(content)).toMatchObject({ type: 'image/svg+xml', content: Buffer.from(content) });
  });

  it('is told by its content, not by its name', () => {
    expect(logoOf(svg(''), 'logo.png')?.type).toBe('image/svg+xml');
    expect(logoOf(png(), 'logo.svg')?.type).toBe('image/png');
  });
});

/** A PNG of one colour. */
function png({ width = 32, height = 32, end = true, more = '' } = {}): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const frame = Buffer.alloc(12 + data.length);
    frame.writeUInt32BE(data.length);
    frame.write(type, 4, 'latin1');
    data.copy(frame, 8);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(33 * 32))),
    ...(end ? [chunk('IEND', Buffer.alloc(0))] : []),
    Buffer.from(more),
  ]);
}

describe('a logo', () => {
  it.each([
    ['that is cut off', png({ end: false })],
    ['with something behind its end', png({ more: '<script>alert(1)</script>' })],
    ['of nothing but its first bytes', png().subarray(0, 8)],
    ['that would fill a phone’s memory', png({ width: 40_000, height: 40_000 })],
    ['of no size', png({ width: 0 })],
  ])('is refused: a PNG %s', (_what, content) => {
    expect(() => logoOf(content, 'logo.png')).toThrow(
      /^HOUSE_LOGO is "[^"\n]+", a PNG that [^\n]+\. Set [^\n]+\.$/,
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a JPEG', Buffer.from('ffd8ffe000104a464946', 'hex')],
    ['a GIF', Buffer.from('GIF89a')],
    ['a text', Buffer.from('Harbour Wiki')],
    ['an SVG in UTF-16', Buffer.from(`\ufeff${svg('')}`, 'utf16le')],
    ['an SVG in Latin-1', Buffer.from(svg('<text>é</text>'), 'latin1')],
    ['a compressed SVG', Buffer.from('1f8b0800', 'hex')],
  ])('is refused when it is %s', (_what, content) => {
    expect(() => logoOf(content)).toThrow(
      /^HOUSE_LOGO is "[^"\n]+", which is neither an SVG in UTF-8 nor a PNG\. /,
    );
  });

  it('may have 256 KiB, and not a byte more', () => {
    const padded = (bytes: number) => svg(`<!--${'x'.repeat(bytes - svg('<!---->').length)}-->`);
    expect(logoOf(padded(maxLogoBytes))?.content).toHaveLength(262_144);
    expect(() => logoOf(padded(maxLogoBytes + 1))).toThrow('which has 262145 bytes. Set');
  });

  it.each([
    ['/nowhere/logo.svg', 'is not there'],
    ['/', 'is no file'],
    ['/dev/zero', 'is no file'],
    ['/etc/hostname/logo.svg', 'cannot be read (ENOTDIR)'],
    ['/nowhere/logo\n.svg', 'is not there'],
  ])('at %j is refused in one line', (path, wrong) => {
    const read = () => readConfig({ HOUSE_LOGO: path });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(
      `HOUSE_LOGO is ${JSON.stringify(path)}, which ${wrong}. Set the path of an SVG or PNG`,
    );
  });

  it('lies in the folder of the repository where its path is relative', () => {
    expect(readConfig({ HOUSE_LOGO: 'apps/web/public/favicon.svg' }).house.logo?.type).toBe('image/svg+xml');
  });
});
