"""What an SVG in a book may hold (SVG 1.1 and what WeasyPrint and e-readers draw of SVG 2), by its names."""

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"

SHAPES = frozenset("circle ellipse image line path polygon polyline rect text use".split())
"""Elements that draw something themselves."""

TEXT = frozenset("desc style text textPath title tspan".split())
"""Elements whose text is kept."""

FILTERS = frozenset(
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap "
    "feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode "
    "feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence".split()
)

ELEMENTS = (
    SHAPES
    | TEXT
    | FILTERS
    | frozenset(
        "a clipPath defs filter g linearGradient marker mask pattern radialGradient stop svg switch symbol".split()
    )
)

SILENT = frozenset("metadata view cursor".split())
"""Elements of SVG that draw nothing: they go without a word."""

MOVING = frozenset("animate animateColor animateMotion animateTransform set".split())

GEOMETRY = frozenset(
    "cx cy d dx dy fr fx fy gradientTransform height markerHeight markerWidth offset pathLength patternTransform "
    "points r refX refY rotate rx ry startOffset stroke-width textLength transform viewBox width x x1 x2 y y1 y2 "
    "font-size stroke-dasharray stroke-dashoffset stdDeviation".split()
)
"""Attributes that are numbers."""

_OTHER = frozenset(
    "class style xml:space xml:lang lang preserveAspectRatio gradientUnits spreadMethod patternUnits "
    "patternContentUnits clipPathUnits maskUnits maskContentUnits markerUnits orient lengthAdjust method spacing side "
    "version baseProfile filterUnits primitiveUnits in in2 result mode type values k1 k2 k3 k4 operator radius order "
    "kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale specularConstant "
    "specularExponent diffuseConstant azimuth elevation pointsAtX pointsAtY pointsAtZ limitingConeAngle baseFrequency "
    "numOctaves seed stitchTiles scale xChannelSelector yChannelSelector tableValues slope intercept amplitude "
    "exponent translate z".split()
)

PAINT = frozenset(("fill", "stroke"))

REFERRING = frozenset("clip-path fill filter marker marker-end marker-mid marker-start mask stroke".split())
"""Attributes and properties that may name another element as ``url(#…)``."""

_PRESENTATION = REFERRING | frozenset(
    "alignment-baseline baseline-shift clip clip-rule color color-interpolation color-interpolation-filters "
    "color-rendering direction display dominant-baseline fill-opacity fill-rule flood-color flood-opacity font "
    "font-family font-size font-size-adjust font-stretch font-style font-variant font-weight "
    "glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing "
    "lighting-color mix-blend-mode opacity "
    "overflow paint-order shape-rendering stop-color stop-opacity stroke-dasharray stroke-dashoffset stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering "
    "unicode-bidi vector-effect visibility white-space word-spacing writing-mode".split()
)

ATTRIBUTES = GEOMETRY | _OTHER | _PRESENTATION

DROPPED_PROPERTIES = (
    "animation",
    "transition",
    "behavior",
    "-moz-binding",
    "offset-path",
    "will-change",
    "cursor",
)
"""Properties of CSS that move things or run something, by how their names begin."""
