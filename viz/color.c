/* OKLab to sRGB, the ramp, and what WCAG says of contrast. Formulas in color.h and the room's README. */
#include "viz/color.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

static double clamp01(double x) {
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static uint8_t to_byte(double x) {
    return (uint8_t)floor(255 * clamp01(x) + 0.5);
}

/* The sRGB transfer curve, from linear light to the stored value. */
static double encode_srgb(double linear) {
    if (linear <= 0.0031308) return 12.92 * linear;
    return 1.055 * pow(linear, 1 / 2.4) - 0.055;
}

static double decode_srgb(uint8_t stored) {
    double c = stored / 255.0;
    if (c <= 0.04045) return c / 12.92;
    return pow((c + 0.055) / 1.055, 2.4);
}

/* OKLab in polar form (lightness, chroma, hue in degrees) to sRGB, clipped to what a screen can show. */
static gaze_rgb from_oklch(double L, double C, double hue) {
    double a = C * cos(hue * PI / 180), b = C * sin(hue * PI / 180);
    double l = L + 0.3963377774 * a + 0.2158037573 * b;
    double m = L - 0.1055613458 * a - 0.0638541728 * b;
    double s = L - 0.0894841775 * a - 1.2914855480 * b;
    l = l * l * l;
    m = m * m * m;
    s = s * s * s;
    double red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    double green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    double blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
    return (gaze_rgb){to_byte(encode_srgb(red)), to_byte(encode_srgb(green)), to_byte(encode_srgb(blue))};
}

gaze_rgb gaze_color_ramp(unsigned level) {
    double t = level / (double)(GAZE_RAMP_LEVELS - 1);
    double chroma = 0.012 + 0.135 * sin(0.98 * PI * t) * (1 - 0.25 * t);
    return from_oklch(0.985 - 0.745 * t, chroma, 205 + 60 * t);
}

/* Lightness falls linearly on both sides of white, as far as each hue stays strong. */
gaze_rgb gaze_color_signed(double t) {
    double strength = clamp01(fabs(t));
    if (t < 0) return from_oklch(1 - 0.36 * strength, 0.17 * strength, 47);
    return from_oklch(1 - 0.46 * strength, 0.155 * strength, 253);
}

/* The matrix of CSS hue-rotate at 180 degrees, applied to 255 - c. */
gaze_rgb gaze_color_darken(gaze_rgb color) {
    double r = 1 - color.r / 255.0, g = 1 - color.g / 255.0, b = 1 - color.b / 255.0;
    return (gaze_rgb){to_byte(-0.574 * r + 1.430 * g + 0.144 * b), to_byte(0.426 * r + 0.430 * g + 0.144 * b),
                      to_byte(0.426 * r + 1.430 * g - 0.856 * b)};
}

double gaze_color_luminance(gaze_rgb color) {
    return 0.2126 * decode_srgb(color.r) + 0.7152 * decode_srgb(color.g) + 0.0722 * decode_srgb(color.b);
}

double gaze_color_contrast(gaze_rgb a, gaze_rgb b) {
    double la = gaze_color_luminance(a), lb = gaze_color_luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

bool gaze_color_wants_black(gaze_rgb ground) {
    return gaze_color_luminance(ground) > 0.179;
}
