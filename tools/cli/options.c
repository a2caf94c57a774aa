/* The table of options, and the reader of a command line. */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/cli/cli.h"

typedef enum option_kind { FLAG, STRING, NUMBER, CHOICE } option_kind;

typedef struct option {
    const char *name;
    const char *value; /* what its argument is called in help; for CHOICE the words, "a|b|c" */
    option_kind kind;
    size_t offset; /* of the field in cli_settings */
    const char *help;
} option;

#define AT(field) offsetof(cli_settings, field)

/* clang-format off */
static const option table[] = {
    {"--help", NULL, FLAG, AT(help), "this text"},
    {"--model", "DIR|NAME", STRING, AT(model), "a model directory, or a name in the local Hugging Face cache"},
    {"-o", "FILE", STRING, AT(output), "where the result goes; its ending chooses the format; - is standard output"},
    {"--record", "FILE.npz", STRING, AT(record),
     "stored numbers (gaze dump, tools/export_hf.py) instead of a model and a text"},
    {"--input", "N", NUMBER, AT(input), "with --record: which of its texts, from 0"},
    {"--file", "FILE", STRING, AT(file), "one input a line, a JSON string or [text, pair]; - is standard input"},
    {"--plain", NULL, FLAG, AT(plain), "with --file: a line is a text as it stands"},
    {"--json", NULL, FLAG, AT(json), "one line of JSON for each input"},
    {"--quiet", NULL, FLAG, AT(quiet), "no notices on standard error"},
    {"--no-progress", NULL, FLAG, AT(no_progress), "no progress on standard error"},
    {"--threads", "N", NUMBER, AT(threads), "threads to use (default: what this process may use)"},
    {"--layer", "N|mean|last|all", STRING, AT(layer),
     "layer, from 0; negative numbers count from the end (default: last)"},
    {"--head", "N|mean|max|all", STRING, AT(head), "head, from 0 (default: mean)"},
    {"--include-layers", "LIST", STRING, AT(include_layers), "what all, mean and max mean, as 0,2,5-7"},
    {"--include-heads", "LIST", STRING, AT(include_heads), "likewise"},
    {"--token", "WORD|WORD#2|INDEX", STRING, AT(token),
     "a token of the text, or a word with --unit word; INDEX from 0"},
    {"--a", "SIDE", STRING, AT(side_a), "layer=N,head=N,model=DIR,text=... of the first side"},
    {"--b", "SIDE", STRING, AT(side_b), "likewise of the second"},
    {"--thumb", "heat|lines", CHOICE, AT(thumb), "what a head's thumbnail is (default: heat)"},
    {"--statistics", NULL, FLAG, AT(statistics), "charts of what the heads do, layer by layer"},
    {"--sort", "layer|label|entropy|previous|next|self|cls|sep|punctuation", CHOICE, AT(sort),
     "the order of the heads (default: layer)"},
    {"--direction", "from|to", CHOICE, AT(direction), "what the token attends to (from), or what attends to it (to)"},
    {"--link", "FROM,TO", STRING, AT(link), "two tokens: a map of their weight in every layer and head"},
    {"--layers", "LIST", STRING, AT(layers), "layers to keep, as 0,2,5-7"},
    {"--what", "LIST", STRING, AT(what), "inputs,hidden_states,attentions,scores,qkv,outputs, or all"},
    {"--tolerance", "X", STRING, AT(tolerance), "instead of the tolerances that fit the model"},
    {"--max-length", "N", NUMBER, AT(max_length), "cut to N tokens, special ones included"},
    {"--truncation", "longest_first|only_first|only_second|none", CHOICE, AT(truncation),
     "which text of a pair is cut"},
    {"--truncation-side", "right|left", CHOICE, AT(truncation_side), "the end that is cut off"},
    {"--stride", "N", NUMBER, AT(stride), "tokens that neighbouring windows share"},
    {"--padding", "N|longest|none", STRING, AT(padding), "pad to N tokens, or to the longest input"},
    {"--padding-side", "right|left", CHOICE, AT(padding_side), "the end that is padded"},
    {"--pad-to-multiple-of", "N", NUMBER, AT(pad_to_multiple_of), "round the padded length up"},
    {"--pad-type-id", "N", NUMBER, AT(pad_type_id), "type id of padding tokens"},
    {"--no-special-tokens", NULL, FLAG, AT(no_special_tokens), "the text's own tokens alone"},
    {"--top-k", "K", NUMBER, AT(top_k), "the best K results"},
    {"--targets", "WORD,WORD...", STRING, AT(targets), "only these words may fill a mask"},
    {"--question", "TEXT", STRING, AT(question), "what is asked"},
    {"--context", "TEXT", STRING, AT(context), "the text that the answer is a part of"},
    {"--max-answer-len", "N", NUMBER, AT(max_answer_len), "tokens of an answer at most (default: 15)"},
    {"--max-seq-len", "N", NUMBER, AT(max_seq_len), "tokens of a window (default: 384, or what the model takes)"},
    {"--doc-stride", "N", NUMBER, AT(doc_stride), "tokens that windows share (default: 128, or half a window)"},
    {"--handle-impossible-answer", NULL, FLAG, AT(handle_impossible_answer), "no answer may be the best one"},
    {"--no-align-to-words", NULL, FLAG, AT(no_align_to_words), "an answer may begin and end inside a word"},
    {"--aggregation", "none|simple|first|average|max", CHOICE, AT(aggregation),
     "how tokens become entities (default: none)"},
    {"--unit", "token|word", CHOICE, AT(unit), "a row and column for each token, or each word"},
    {"--special", "show|dim|hide", CHOICE, AT(special), "what becomes of [CLS], [SEP] and their like"},
    {"--renormalise", NULL, FLAG, AT(renormalise), "divide each row by its sum, after hiding"},
    {"--scale", "sqrt|linear|xn|row-max", CHOICE, AT(scale),
     "from weight to colour (default: sqrt; of a heat map or text it may end below 1)"},
    {"--filter", "all|aa|ab|ba|bb", CHOICE, AT(filter), "of a pair: rows of one text, columns of one"},
    {"--layout", "vertical|horizontal|narrow", CHOICE, AT(layout), "how the columns of tokens stand"},
    {"--dimensions", "model|sorted", CHOICE, AT(dimensions),
     "order of a head's dimensions: the model's, or by |q x k| of the strongest key"},
    {"--precision", "8|16", NUMBER, AT(precision), "bits of a number in an .html page (default: 8; neuron-view: 12)"},
    {"--full", NULL, FLAG, AT(full), "keep all that a page can show, whatever its size"},
    {"--width", "N", NUMBER, AT(width), "pixels of the figure, which is broken into lines to fit"},
    {"--title", "TEXT", STRING, AT(title), "the figure's title"},
    {"--theme", "light|dark|auto", CHOICE, AT(theme), "colours (default: auto, as the reader's screen)"},
    {"--lang", "en|zh", CHOICE, AT(language), "language of the captions"},
    {"--format", "FORMAT", STRING, AT(format), "format of the result, when no file name tells it"},
};
/* clang-format on */

static const option *find_option(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i].name) == length && memcmp(table[i].name, name, length) == 0) return &table[i];
    return NULL;
}

static bool takes(const cli_command *command, const option *o) {
    if (strcmp(o->name, "--help") == 0) return true;
    for (const char *const *name = command->options; *name; name++)
        if (strcmp(*name, o->name) == 0) return true;
    return false;
}

/* Messages ------------------------------------------------------------------------------------------- */

int cli_fail(const gaze_error *err) {
    fprintf(stderr, "gaze: %s\n", err->message);
    return CLI_FAILED;
}

int cli_usage(const cli_command *command, const char *format, ...) {
    va_list arguments;
    fprintf(stderr, "gaze %s: ", command->name);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, " (gaze %s --help)\n", command->name);
    return CLI_USAGE;
}

void cli_print_help(const cli_command *command) {
    printf("gaze %s %s\n\n%s.\n\n%s\noptions:\n", command->name, command->arguments, command->summary,
           command->details);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!takes(command, &table[i])) continue;
        int width = printf("  %s %s", table[i].name, table[i].value ? table[i].value : "");
        printf("%*s%s\n", width < 30 ? 30 - width : 2, "", table[i].help);
    }
}

/* Levenshtein's distance between two short words. */
static size_t distance(const char *a, const char *b) {
    size_t row[64], n = strlen(b);
    if (n >= 64) return SIZE_MAX;
    for (size_t j = 0; j <= n; j++) row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t change = diagonal + (a[i] != b[j]), least = row[j] < row[j + 1] ? row[j] : row[j + 1];
            diagonal = row[j + 1];
            row[j + 1] = change < least + 1 ? change : least + 1;
        }
    }
    return row[n];
}

const char *cli_nearest(const char *word, const char *const *list) {
    const char *best = NULL;
    size_t least = strlen(word) / 2 + 1; /* further away is no suggestion but noise */
    for (; *list; list++) {
        size_t d = distance(word, *list);
        if (d >= least) continue;
        least = d;
        best = *list;
    }
    return best;
}

bool cli_is(const char *word, const char *expected) {
    return word && strcmp(word, expected) == 0;
}

/* Values --------------------------------------------------------------------------------------------- */

static bool parse_number(const char *text, long *out) {
    char *end;
    errno = 0;
    *out = strtol(text, &end, 10);
    return *text && !*end && errno == 0 && *out >= 0;
}

/* True when `word` is one of "a|b|c". */
static bool is_choice(const char *word, const char *choices) {
    size_t length = strlen(word);
    for (const char *at = choices; at; at = strchr(at, '|'), at = at ? at + 1 : NULL)
        if (strncmp(at, word, length) == 0 && (at[length] == '|' || at[length] == '\0')) return true;
    return false;
}

static int set_value(cli_settings *s, const option *o, const char *value) {
    char *field = (char *)s + o->offset;
    long number;
    switch (o->kind) {
    case FLAG: *(bool *)(void *)field = true; return CLI_OK;
    case CHOICE:
        if (!is_choice(value, o->value))
            return cli_usage(s->command, "%s %s: expected %s", o->name, value, o->value);
        *(const char **)(void *)field = value;
        return CLI_OK;
    case STRING: *(const char **)(void *)field = value; return CLI_OK;
    case NUMBER: break;
    }
    if (!parse_number(value, &number))
        return cli_usage(s->command, "%s %s: expected a whole number", o->name, value);
    *(long *)(void *)field = number;
    return CLI_OK;
}

/* The command line ----------------------------------------------------------------------------------- */

static int unknown_option(const cli_command *command, const char *word) {
    const char *nearest = cli_nearest(word, command->options);
    if (nearest) return cli_usage(command, "unknown option %s; did you mean %s?", word, nearest);
    return cli_usage(command, "unknown option %s", word);
}

/* One option at words[*i], with its value in the same word (--name=value) or the next one. */
static int read_option(cli_settings *s, int count, char **words, int *i) {
    const char *word = words[*i], *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
    const option *o = find_option(word, equals ? (size_t)(equals - word) : strlen(word));
    if (!o || !takes(s->command, o)) return unknown_option(s->command, word);
    if (o->kind == FLAG) {
        if (equals) return cli_usage(s->command, "%s takes no value", o->name);
        return set_value(s, o, NULL);
    }
    if (equals) return set_value(s, o, equals + 1);
    if (*i + 1 >= count) return cli_usage(s->command, "%s: expected %s", o->name, o->value);
    return set_value(s, o, words[++*i]);
}

/* The texts are gathered at the front of the words, where everything has been read. */
static int read_text(cli_settings *s, char *word) {
    if (s->text_count == s->command->max_texts)
        return cli_usage(s->command, "one argument too many: '%.40s'", word);
    s->texts[s->text_count++] = word;
    return CLI_OK;
}

int cli_parse(cli_settings *settings, const cli_command *command, int count, char **words) {
    *settings = (cli_settings){.command = command,
                               .texts = words,
                               .threads = CLI_UNSET,
                               .input = CLI_UNSET,
                               .max_length = CLI_UNSET,
                               .stride = CLI_UNSET,
                               .pad_to_multiple_of = CLI_UNSET,
                               .pad_type_id = CLI_UNSET,
                               .top_k = CLI_UNSET,
                               .max_answer_len = CLI_UNSET,
                               .max_seq_len = CLI_UNSET,
                               .doc_stride = CLI_UNSET,
                               .width = CLI_UNSET,
                               .precision = CLI_UNSET};
    bool options_end = false;
    for (int i = 0; i < count; i++) {
        char *word = words[i];
        bool option_like = !options_end && word[0] == '-' && word[1] != '\0';
        int status = CLI_OK;
        if (option_like && strcmp(word, "--") == 0)
            options_end = true;
        else if (option_like)
            status = read_option(settings, count, words, &i);
        else
            status = read_text(settings, word);
        if (status) return status;
    }
    return CLI_OK;
}
