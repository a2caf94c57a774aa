/* Loaded into gaze before it begins (LD_PRELOAD): the locale of the environment, which a host of the library may have set.
 * It must be one that writes commas; otherwise nothing would be tried. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void take_locale(void) {
    char comma[8];
    setlocale(LC_ALL, "");
    snprintf(comma, sizeof comma, "%.1f", 0.5);
    if (comma[0] == '0' && comma[1] == ',') return;
    fprintf(stderr, "the locale writes %s, not a comma\n", comma);
    exit(99);
}
