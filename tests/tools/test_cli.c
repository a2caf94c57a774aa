/* The command: heat maps, dumps, errors, and what holds for every command. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/shell.h"

/* A copy of the tiny model in $FOLDER/m, changed by a shell line run in it; then a heat map is asked for. */
static void refuses_model(const char *change, const char *const *words) {
    char line[1024];
    snprintf(line, sizeof line,
             "rm -rf $FOLDER/m; cp -r $TINY $FOLDER/m; (cd $FOLDER/m && %s); "
             "$GAZE heatmap --model $FOLDER/m -o $FOLDER/none.svg text",
             change);
    shell_fails(line, words);
    assert_int_equal(shell("test ! -e $FOLDER/none.svg").status, 0);
}

#define REFUSES(change, ...) refuses_model(change, (const char *const[]){__VA_ARGS__, NULL})

/* sed's expression that gives a field of config.json another value. */
#define CONFIG(field, value) "sed -i 's/\"" field "\": [^,]*/\"" field "\": " value "/' config.json"

static void a_heat_map_is_drawn(void **state) {
    (void)state;
    outcome o = shell("$GAZE heatmap --model $TINY --layer 0 --head 2 -o $FOLDER/cat.svg "
                      "'The cat sat on the mat because it was tired.'");
    assert_int_equal(o.status, 0);
    assert_string_equal(o.out, "");
    assert_string_equal(o.err, "");
    assert_int_equal(shell("grep -q '<svg' $FOLDER/cat.svg && grep -q 'random weights' $FOLDER/cat.svg").status, 0);
    o = shell("$GAZE heatmap --model $TINY 'The cat sat.' | head -c 100");
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.out, "<svg"));
}

static void the_same_words_give_the_same_bytes(void **state) {
    (void)state;
    assert_int_equal(shell("for t in 1 2 3; do $GAZE heatmap --model $TINY --layer all --head all --threads $t "
                           "-o $FOLDER/$t.svg 'The cat sat on the mat.' || exit 1; done; "
                           "cmp $FOLDER/1.svg $FOLDER/2.svg && cmp $FOLDER/1.svg $FOLDER/3.svg").status, 0);
}

static void help_goes_to_standard_output(void **state) {
    (void)state;
    static const char *const commands[] = {"heatmap", "head-view", "neuron-view", "tokenize", "embed",
                                           "answer",  "label",     "dump",        "verify",   "info"};
    assert_non_null(strstr(shell("$GAZE --help").out, "heatmap"));
    assert_non_null(strstr(shell("$GAZE --version").out, "gaze 0."));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char line[64];
        snprintf(line, sizeof line, "$GAZE %s --help", commands[i]);
        outcome o = shell(line);
        assert_int_equal(o.status, 0);
        assert_non_null(strstr(o.out, "--model"));
        assert_string_equal(o.err, "");
    }
}

static void a_wrong_command_line_ends_with_2(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"$GAZE", "gaze COMMAND"},
        {"$GAZE heatmpa", "did you mean 'heatmap'?"},
        {"$GAZE heatmap --modle x text", "did you mean --model?"},
        {"$GAZE heatmap text", "--model is missing"},
        {"$GAZE heatmap --model $TINY", "TEXT is missing"},
        {"$GAZE heatmap --model", "expected DIR|NAME"},
        {"$GAZE heatmap --model $TINY --threads two text", "expected a whole number"},
        {"$GAZE heatmap --model $TINY --threads 2x text", "expected a whole number"},
        {"$GAZE heatmap --model $TINY --threads '' text", "expected a whole number"},
        {"$GAZE heatmap --model $TINY --threads -1 text", "expected a whole number"},
        {"$GAZE heatmap --model $TINY --threads 99999999999999999999 text", "expected a whole number"},
        {"$GAZE heatmap --model $TINY --theme pink text", "expected light|dark|auto"},
        {"$GAZE heatmap --model $TINY --theme dar text", "expected light|dark|auto"},
        {"$GAZE heatmap --model $TINY --theme= text", "expected light|dark|auto"},
        {"$GAZE tokenize --model $TINY --json=yes text", "--json takes no value"},
        {"$GAZE tokenize --model $TINY -z", "unknown option -z"},
        {"$GAZE tokenize --model $TINY --stirde 2 text", "did you mean --stride?"},
        {"$GAZE tokenize --model $TINY --what-nobody-would-ever-call-an-option-because-nobody-could-remember-it",
         "unknown option"},
        {"$GAZE tokenize --model $TINY --layer 3 text", "unknown option --layer"},
        {"$GAZE heatmap --model $TINY a b c", "one argument too many"},
        {"$GAZE neuron-view --model $TINY --precision 9 -o x.html text", "--precision 9: expected 8 or 16"},
        {"$GAZE text-view --model $TINY --width 279 -o x.svg text", "--width 279: expected 280 to 4000 pixels"},
        {"$GAZE compare --model $TINY --a layer=0 --b layer=1 --width 5000 -o x.html text",
         "--width 5000: expected 280 to 4000 pixels"},
        {"$GAZE text-view --model $TINY --width 390 -o x.html text", "a page fits itself to its window"},
        {"$GAZE dump --model $TINY text", "-o FILE.npz is missing"},
        {"$GAZE dump --model $TINY -o $FOLDER/x.npz --what everything text", "'everything' is no group"},
        {"$GAZE verify --model $TINY", "REF.npz is missing"},
        {"$GAZE embed text", "--model is missing"},
        {"$GAZE embed --model $TINY", "TEXT or --file is missing"},
        {"$GAZE embed --model $TINY --file x text", "expected one of them"},
        {"$GAZE embed --model $TINY -o $FOLDER/x.svg text", "expected .npz"},
        {"$GAZE answer --question who --context x", "--model is missing"},
        {"$GAZE answer --model $TINY --context x", "--question or --file is missing"},
        {"$GAZE answer --model $TINY --question who", "--context is missing"},
        {"$GAZE answer --model $TINY --question who --file x", "expected one of them"},
        {"$GAZE answer --model $TINY --question who --context x --max-answer-len 0", "above 0"},
        {"$GAZE answer --model $TINY --question who --context x --max-seq-len 0", "above 0"},
        {"$GAZE answer --model $TINY who sat", "one argument too many"},
        {"$GAZE label --model $TINY --aggregation median x", "expected none|simple|first|average|max"},
        {"$GAZE label --model $TINY --stride 3 x", "--stride needs an --aggregation"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        outcome o = shell(cases[i][0]);
        if (o.status != 2 || !strstr(o.err, cases[i][1]) || o.out[0])
            fail_msg("%s\n  status %d, standard error: %s", cases[i][0], o.status, o.err);
    }
}

static void a_directory_that_holds_no_model(void **state) {
    (void)state;
    FAILS("$GAZE heatmap --model $FOLDER/absent text", "absent");
    FAILS("$GAZE heatmap --model google-bert/no-such-model text", "google-bert/no-such-model", "hf download");
    REFUSES("rm model.safetensors", "model.safetensors", "model.safetensors.index.json");
    REFUSES("rm config.json", "config.json");
    REFUSES("mv model.safetensors pytorch_model.bin", "pytorch_model.bin", "safetensors");
    REFUSES("truncate -s 3000 model.safetensors", "model.safetensors");
    REFUSES("truncate -s -4 model.safetensors", "model.safetensors");
    REFUSES("rm tokenizer.json vocab.txt", "tokenizer.json", "vocab.txt");
}

static void a_configuration_that_cannot_be(void **state) {
    (void)state;
    REFUSES(CONFIG("model_type", "\"gpt2\""), "config.json", "gpt2");
    REFUSES(CONFIG("hidden_size", "0"), "config.json", "hidden_size");
    REFUSES(CONFIG("hidden_size", "-64"), "config.json", "hidden_size", "-64");
    REFUSES(CONFIG("hidden_size", "66"), "config.json", "hidden_size", "num_attention_heads");
    REFUSES(CONFIG("hidden_size", "1e400"), "config.json");
    REFUSES(CONFIG("num_hidden_layers", "99999999999999999999"), "config.json", "num_hidden_layers");
    REFUSES(CONFIG("layer_norm_eps", "NaN"), "config.json");
    REFUSES(CONFIG("layer_norm_eps", "\"x\""), "config.json", "layer_norm_eps");
    REFUSES(CONFIG("hidden_act", "\"gelu_10\""), "config.json", "gelu_10");
    REFUSES("sed -i 's/^{/{\"position_embedding_type\": \"relative_key\",/' config.json", "config.json",
            "relative_key");
    REFUSES("echo '[]' > config.json", "config.json", "an array");
}

/* Without hidden_size the default of BertConfig, 768, holds: then no tensor fits. */
static void tensors_that_do_not_fit(void **state) {
    (void)state;
    REFUSES("sed -i '/\"hidden_size\"/d' config.json", "model.safetensors", "embeddings");
    REFUSES("sed -i 's/\"embeddings.LayerNorm.bias\"/\"embeddings.LayerNorm.vias\"/' model.safetensors",
            "embeddings.LayerNorm.bias");
    REFUSES(CONFIG("vocab_size", "300"), "300");
}

static void a_vocabulary_larger_than_the_matrix(void **state) {
    (void)state;
    REFUSES("rm tokenizer.json; for i in 1 2 3; do echo extra$i >> vocab.txt; done", "embedding matrix");
}

static void texts_that_are_too_long_or_strange(void **state) {
    (void)state;
    FAILS("$GAZE heatmap --model $TINY -o $FOLDER/none.svg \"$(printf 'the cat %.0s' $(seq 100))\"",
          "202 tokens", "128 positions");
    assert_int_equal(shell("$GAZE heatmap --model $TINY --max-length 128 -o $FOLDER/long.svg "
                           "\"$(printf 'the cat %.0s' $(seq 100))\"").status, 0);
    assert_int_equal(shell("$GAZE heatmap --model $TINY -o $FOLDER/empty.svg ''").status, 0);
    assert_int_equal(shell("grep -q 'CLS' $FOLDER/empty.svg && grep -q 'SEP' $FOLDER/empty.svg").status, 0);
    assert_int_equal(shell("$GAZE heatmap --model $TINY -o $FOLDER/bytes.svg \"$(printf 'a\\377\\302b')\"").status, 0);
    FAILS("$GAZE heatmap --model $TINY --layer 4 text", "no layer 4", "0 to 3");
    FAILS("$GAZE heatmap --model $TINY --head -5 text", "no head -5");
    FAILS("$GAZE neuron-view --model $TINY --head mean text", "one number for the head");
    FAILS("$GAZE neuron-view --model $TINY --token zebra text", "no token 'zebra'");
}

static void an_output_that_cannot_be_written(void **state) {
    (void)state;
    FAILS("$GAZE heatmap --model $TINY -o $FOLDER/absent/x.svg text", "absent/x.svg");
    FAILS("$GAZE heatmap --model $TINY --format svg -o $FOLDER text", "a directory");
    FAILS("$GAZE heatmap --model $TINY --format svg -o /dev/full text", "/dev/full");
    assert_int_equal(shell("! ls $FOLDER | grep -q tmp").status, 0);
}

static void an_unknown_instruction_set(void **state) {
    (void)state;
    FAILS("GAZE_SIMD=mmx $GAZE heatmap --model $TINY text", "mmx", "scalar");
}

static void what_was_dumped_verifies(void **state) {
    (void)state;
    assert_int_equal(shell("$GAZE dump --model $TINY --what all -o $FOLDER/d.npz 'The cat sat.' 'It was tired.' && "
                           "$GAZE verify $FOLDER/d.npz --model $TINY").status, 0);
    outcome o = shell("$GAZE verify $TINY/ref.npz --model tests/data/models/quick-gelu-shards");
    assert_int_equal(o.status, 1);
}

static void two_dashes_end_the_options(void **state) {
    (void)state;
    outcome o = shell("$GAZE tokenize --model $TINY -- -z --stride");
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.out, "z"));
    assert_int_equal(shell("$GAZE tokenize --model $TINY -").status, 0); /* a dash alone is a text */
}

/* What stands in a file and what comes in. */
static void dump_reads_standard_input(void **state) {
    (void)state;
    assert_int_equal(shell("for i in 1 2 3 4 5 6 7 8 9 10; do echo '[\"a\",\"b\"]'; done > $FOLDER/ten && "
                           "$GAZE dump --model $TINY --file $FOLDER/ten -o $FOLDER/ten.npz && "
                           "$GAZE dump --model $TINY --file - -o $FOLDER/in.npz < $FOLDER/ten && "
                           "cmp $FOLDER/ten.npz $FOLDER/in.npz").status, 0);
    FAILS("printf '\"a\"\n7\n' | $GAZE dump --model $TINY --file - -o $FOLDER/no.npz", "standard input, line 2");
    FAILS("$GAZE dump --model $TINY --file $FOLDER/absent -o $FOLDER/no.npz", "absent");
}

/* One line of JSON for each line, whatever it is; the exit status tells of errors. A file and standard input
 * are the same. */
static void tokenize_answers_line_by_line(void **state) {
    (void)state;
    outcome o = shell("printf '\"a\"\n7\n[\"a\",\"b\"]' | tee $FOLDER/in | $GAZE tokenize --model $TINY --json");
    assert_int_equal(o.status, 1);
    assert_int_equal(strncmp(o.out, "{\"ids\":[", 8), 0);
    assert_non_null(strstr(o.out, "\n{\"error\":\"a number, expected a string or an array [text, pair]\"}\n{\"ids\":["));
    assert_int_equal(shell("$GAZE tokenize --model $TINY --json --file $FOLDER/in -o $FOLDER/file.jsonl; "
                           "$GAZE tokenize --model $TINY --json < $FOLDER/in | cmp - $FOLDER/file.jsonl").status, 0);
    FAILS("$GAZE tokenize --model $TINY --file $FOLDER/absent", "absent");
    FAILS("$GAZE tokenize --model $TINY --file $FOLDER", "directory");
}

/* The formats of a heat map ---------------------------------------------------------------------------- */

static void the_ending_chooses_the_format(void **state) {
    (void)state;
    static const struct {
        const char *ending, *check; /* a shell command that reads $FILE */
    } cases[] = {
        {"svg", "head -c 4 $FILE | grep -q '<svg'"},
        {"csv", "head -1 $FILE | grep -qx ',\\[CLS\\],the,cat,\\[SEP\\]'"},
        {"tsv", "[ $(wc -l < $FILE) = 5 ]"},
        {"json", "grep -q '\"layer\": 1, \"head\": 2, \"tokens\": \\[\"\\[CLS\\]\", \"the\"' $FILE"},
        {"npz", "head -c 2 $FILE | grep -q PK"},
        {"txt", "grep -q '^ *cat ' $FILE && ! grep -q \"$(printf '\\033')\" $FILE"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[512];
        snprintf(line, sizeof line,
                 "FILE=$FOLDER/map.%s; $GAZE heatmap --model $TINY --layer 1 --head 2 -o $FILE 'The cat' && %s",
                 cases[i].ending, cases[i].check);
        outcome o = shell(line);
        if (o.status || o.err[0] || o.out[0]) fail_msg("%s: status %d: %s%s", line, o.status, o.err, o.out);
        snprintf(line, sizeof line,
                 "$GAZE heatmap --model $TINY --layer 1 --head 2 --format %s 'The cat' > $FOLDER/piped && "
                 "COLUMNS=80 cmp $FOLDER/piped $FOLDER/map.%s",
                 cases[i].ending, cases[i].ending);
        assert_int_equal(shell(line).status, 0);
    }
    assert_int_equal(shell("$GAZE heatmap --model $TINY --layer 1 --head 2 -o $FOLDER/map.svgz 'The cat' && "
                           "gzip -dc < $FOLDER/map.svgz | cmp - $FOLDER/map.svg").status, 0);
}

static void an_ending_that_there_is_not(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"$GAZE heatmap --model $TINY -o $FOLDER/x.png text", "x.png: expected a name that ends in .svg, .svgz, .csv"},
        {"$GAZE heatmap --model $TINY -o $FOLDER.d/x text", "expected a name that ends in"},
        {"$GAZE heatmap --model $TINY -o x.svg --format png text", "--format png: expected svg, svgz, csv, tsv, json, npz, txt"},
        {"$GAZE heatmap --model $TINY --unit line text", "expected token|word"},
        {"$GAZE heatmap --model $TINY --record $TINY/ref.npz", "--record takes the place of --model"},
        {"$GAZE heatmap --record $TINY/ref.npz text", "--record has its own text"},
        {"$GAZE heatmap --model $TINY --input 1 text", "--input chooses a text of a --record"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        outcome o = shell(cases[i][0]);
        if (o.status != 2 || !strstr(o.err, cases[i][1]) || o.out[0])
            fail_msg("%s\n  status %d, standard error: %s", cases[i][0], o.status, o.err);
    }
    assert_int_equal(shell("! ls $FOLDER | grep -q 'x\\.'").status, 0);
}

/* A record needs no model: the figure is the one that the model gave, byte by byte. */
static void a_record_draws_the_same_figure(void **state) {
    (void)state;
    assert_int_equal(shell("$GAZE dump --model $TINY -o $FOLDER/r.npz 'The cat sat.' 'It was tired.' && "
                           "$GAZE heatmap --model $TINY --layer 3 --head all --unit word -o $FOLDER/a.svg "
                           "'The cat sat.' 'It was tired.' && "
                           "$GAZE heatmap --record $FOLDER/r.npz --layer 3 --head all --unit word -o $FOLDER/b.svg && "
                           "cmp $FOLDER/a.svg $FOLDER/b.svg").status, 0);
    assert_int_equal(shell("printf '\"The cat\"\\n\"The dog sat.\"\\n' > $FOLDER/two.jsonl && "
                           "$GAZE dump --model $TINY --file $FOLDER/two.jsonl -o $FOLDER/r.npz && "
                           "$GAZE heatmap --record $FOLDER/r.npz --input 1 -o $FOLDER/b.svg && "
                           "grep -q 'The dog sat.' $FOLDER/b.svg && grep -q 'input 1 of 2' $FOLDER/b.svg").status, 0);
    FAILS("$GAZE heatmap --record $FOLDER/r.npz --input 2", "r.npz", "no input 2", "holds 2");
    FAILS("$GAZE heatmap --record $FOLDER/r.npz --layer 4", "no layer 4", "0 to 3");
    FAILS("$GAZE heatmap --record $TINY/config.json", "config.json");
}

/* The share that the caption names is the one that is missing in the numbers. */
static void hidden_mass_is_what_is_missing(void **state) {
    (void)state;
    outcome o = shell("$GAZE heatmap --model $TINY --layer 2 --head 1 --special hide --format text 'The cat sat.' | "
                      "tr '\\n' ' ' | sed 's/.*\\[CLS\\] takes \\([0-9]*\\) % of this head (hidden). \\[SEP\\] takes "
                      "\\([0-9]*\\) %.*/\\1 \\2/'");
    int cls = 0, sep = 0;
    assert_int_equal(sscanf(o.out, "%d %d", &cls, &sep), 2);
    o = shell("$GAZE heatmap --model $TINY --layer 2 --head 1 --special hide --format tsv 'The cat sat.' | "
              "awk 'NR > 1 { for (i = 2; i <= NF; i++) sum += $i; rows++ } END { print int(100 * sum / rows + .5) }'");
    int shown = atoi(o.out);
    assert_in_range(shown + cls + sep, 99, 101);
    assert_true(shown > 0 && cls + sep > 0);
}

/* On a terminal the picture is characters, in colours unless NO_COLOR is set; into a pipe it is SVG. util-linux's
 * script gives us a terminal. */
static void a_terminal_gets_characters(void **state) {
    (void)state;
    if (shell("script --version | grep -q util-linux && script -qec true $FOLDER/typescript").status) {
        print_message("left out: script of util-linux is not here, or there are no terminals for it\n");
        skip();
    }
    static const char run[] =
        "script -qec \"stty cols 90; env %s $GAZE heatmap --model $TINY 'The cat sat.'\" $FOLDER/typescript";
    static const struct {
        const char *environment, *sequence; /* a colour, or NULL: no escape at all */
    } cases[] = {
        {"-u NO_COLOR TERM=xterm-256color COLORTERM=truecolor", "\033[48;2;"},
        {"-u NO_COLOR -u COLORTERM TERM=xterm-256color", "\033[48;5;"},
        {"NO_COLOR=1 TERM=xterm-256color", NULL},
        {"-u NO_COLOR TERM=dumb", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[512];
        snprintf(line, sizeof line, run, cases[i].environment);
        outcome o = shell(line);
        assert_non_null(strstr(o.out, "attended to"));
        if (cases[i].sequence ? !strstr(o.out, cases[i].sequence) : strchr(o.out, '\033') != NULL)
            fail_msg("%s:\n%s", cases[i].environment, o.out);
    }
    assert_non_null(strstr(shell("$GAZE heatmap --model $TINY 'The cat sat.'").out, "<svg"));
}

/* A tensor's name may hold anything; a terminal must not obey it. The new name is as long as the old one. */
static void names_of_tensors_do_not_command_a_terminal(void **state) {
    (void)state;
    outcome o = shell("rm -rf $FOLDER/m; cp -r $TINY $FOLDER/m; (cd $FOLDER/m && LC_ALL=C sed -i "
                      "'s/pooler\\.dense\\.bias/p\\\\u001b[31m\\xc2\\x9b1mxx/' model.safetensors); "
                      "$GAZE info --model $FOLDER/m");
    assert_int_equal(o.status, 0);
    assert_non_null(strstr(o.out, "  p\xEF\xBF\xBD[31m\xEF\xBF\xBD" "1mxx "));
    o = shell("printf 'a\\302\\233b\\n' | $GAZE embed --model $TINY --plain --file -");
    assert_non_null(strstr(o.out, "a\xEF\xBF\xBD" "b"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heat_map_is_drawn),
        cmocka_unit_test(the_same_words_give_the_same_bytes),
        cmocka_unit_test(help_goes_to_standard_output),
        cmocka_unit_test(a_wrong_command_line_ends_with_2),
        cmocka_unit_test(a_directory_that_holds_no_model),
        cmocka_unit_test(a_configuration_that_cannot_be),
        cmocka_unit_test(tensors_that_do_not_fit),
        cmocka_unit_test(a_vocabulary_larger_than_the_matrix),
        cmocka_unit_test(texts_that_are_too_long_or_strange),
        cmocka_unit_test(an_output_that_cannot_be_written),
        cmocka_unit_test(an_unknown_instruction_set),
        cmocka_unit_test(what_was_dumped_verifies),
        cmocka_unit_test(the_ending_chooses_the_format),
        cmocka_unit_test(an_ending_that_there_is_not),
        cmocka_unit_test(a_record_draws_the_same_figure),
        cmocka_unit_test(hidden_mass_is_what_is_missing),
        cmocka_unit_test(a_terminal_gets_characters),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(dump_reads_standard_input),
        cmocka_unit_test(tokenize_answers_line_by_line),
        cmocka_unit_test(names_of_tensors_do_not_command_a_terminal),
    };
    return cmocka_run_group_tests(tests, shell_setup, shell_teardown);
}
