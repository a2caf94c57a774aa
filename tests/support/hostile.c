#include "tests/support/hostile.h"

#define BYTES(literal)                                                                                       \
    { literal, sizeof literal - 1 }

const hostile_text hostile_texts[] = {
    BYTES("a"),
    BYTES("</text><script>alert(1)</script>"),
    BYTES("\" onload=\"alert(1)"),
    BYTES("' onload='alert(1)"),
    BYTES("]]><![CDATA["),
    BYTES("--><!--"),
    BYTES("&#0;&amp;&xxe;"),
    BYTES("<s>"),
    BYTES("</s>"),
    BYTES("\0\x01\x02\x1b\x7f"),
    BYTES("\xff\xfe\xc0\xaf\xed\xa0\x80\xf5\x80\x80\x80"),
    BYTES("\xe2\x82"),
    BYTES("\u202Eevil\u202C"),
    BYTES("\u2066\u2069\u2069\u2068"),
    BYTES("\u0627\u0644\u0639\u0631\u0628\u064A\u0629 </title>"),
    BYTES("\u05E9\u05DC\u05D5\u05DD"),
    BYTES("\U0001F469\u200D\U0001F469\u200D\U0001F467\U0001F3FD"),
    BYTES("\xef\xbf\xbe\xef\xbf\xbf\xef\xb7\x90"),
    BYTES("a\nb\tc\r\n"),
    BYTES(""),
    BYTES("   "),
    BYTES("{}{}%s%n%d"),
    BYTES("\u2028\u2029"),
    BYTES("url(http:&#x2f;/x)"),
};

const size_t hostile_count = sizeof hostile_texts / sizeof *hostile_texts;
