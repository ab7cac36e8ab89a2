/** Pixels of the PNG for one of the SVG. */
const SCALE = 2;

/** Draws an SVG as PNG with the machine's fonts, on the paper of the light theme. */
export async function svgPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
    background: '#ffffff',
  });
  return picture.render().asPng();
}
