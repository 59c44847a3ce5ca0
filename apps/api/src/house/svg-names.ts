// The part of SVG that draws. What is not named here is refused: what runs (script, event handlers, animations), what
// loads (feImage, font-face-uri), what leads away (a), and what holds another language (foreignObject).

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

/** The elements of SVG that a logo may have. */
export const svgElements = words(`
  svg g defs symbol use switch title desc metadata style
  path rect circle ellipse line polyline polygon image
  text tspan textPath
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
  feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
  feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`);

/** Attributes whose value is a name or a text for people, which no browser reads as CSS. */
export const plainAttributes = words(`
  id class lang role tabindex focusable version baseProfile systemLanguage requiredFeatures requiredExtensions
  contentScriptType contentStyleType`);

/** Attributes that draw. Browsers read many of them as CSS. */
export const drawingAttributes = words(`
  style transform transform-origin transform-box viewBox preserveAspectRatio zoomAndPan
  x y width height x1 y1 x2 y2 cx cy r rx ry fx fy fr d points pathLength offset
  dx dy rotate textLength lengthAdjust startOffset method spacing side path
  gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
  clipPathUnits maskUnits maskContentUnits mask-type
  markerUnits markerWidth markerHeight refX refY orient marker marker-start marker-mid marker-end
  filterUnits primitiveUnits filterRes in in2 result mode operator k1 k2 k3 k4 type values tableValues slope intercept
  amplitude exponent stdDeviation edgeMode order kernelMatrix kernelUnitLength divisor bias targetX targetY
  preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent limitingConeAngle pointsAtX pointsAtY
  pointsAtZ z azimuth elevation scale xChannelSelector yChannelSelector radius baseFrequency numOctaves seed
  stitchTiles media
  alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
  color-profile color-rendering cursor direction display dominant-baseline enable-background fill fill-opacity
  fill-rule filter flood-color flood-opacity font font-family font-feature-settings font-kerning font-size
  font-size-adjust font-stretch font-style font-variant font-variant-caps font-variant-east-asian
  font-variant-ligatures font-variant-numeric font-variation-settings font-weight glyph-orientation-horizontal
  glyph-orientation-vertical image-rendering inline-size isolation kerning letter-spacing lighting-color line-height
  mask mix-blend-mode opacity overflow paint-order pointer-events shape-inside shape-margin shape-padding
  shape-rendering solid-color solid-opacity stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
  stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor
  text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text-orientation
  text-overflow text-rendering text-transform unicode-bidi vector-effect visibility white-space word-spacing
  writing-mode`);

/** The functions of CSS that compute or draw. Those that load something are missing; `url` is checked by itself. */
export const cssFunctions = words(`
  url var calc min max clamp
  rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark icc-color device-cmyk
  matrix matrix3d translate translatex translatey translatez translate3d scale scalex scaley scalez scale3d
  rotate rotatex rotatey rotatez rotate3d skew skewx skewy perspective
  blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
  circle ellipse inset path polygon rect
  media and not is where nth-child nth-of-type`);

/** The namespaces in which drawing programs keep notes of their own. No browser does anything with them. */
export const noteNamespaces = words(`
  http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd
  http://www.inkscape.org/namespaces/inkscape
  http://www.w3.org/1999/02/22-rdf-syntax-ns#
  http://creativecommons.org/ns#
  http://web.resource.org/cc/
  http://purl.org/dc/elements/1.1/
  http://purl.org/dc/terms/
  http://www.bohemiancoding.com/sketch/ns
  http://www.figma.com/figma/ns
  http://www.serif.com/
  http://vectornator.io
  http://svgjs.com/svgjs
  http://svgjs.dev/svgjs
  https://vecta.io/nano
  http://krita.org/namespaces/svg/krita
  http://www.openswatchbook.org/uri/2009/osb
  https://boxy-svg.com
  http://www.vector.evaxdesign.sk
  http://xml.openoffice.org/svg/export
  http://ns.adobe.com/AdobeIllustrator/10.0/
  http://ns.adobe.com/AdobeSVGViewerExtensions/3.0/
  http://ns.adobe.com/Extensibility/1.0/
  http://ns.adobe.com/Flows/1.0/
  http://ns.adobe.com/GenericCustomNamespace/1.0/
  http://ns.adobe.com/Graphs/1.0/
  http://ns.adobe.com/ImageReplacement/1.0/
  http://ns.adobe.com/SaveForWeb/1.0/
  http://ns.adobe.com/Variables/1.0/
  http://ns.adobe.com/XPath/1.0/`);
