/* The options of the command line that have a function of their own. */
#ifndef TCPCLOSE_SUITE_COMMAND_SETTERS_H
#define TCPCLOSE_SUITE_COMMAND_SETTERS_H

#include "suite/command_line.h"

/*
 * Each takes the value of its option, which is NULL when none was written, and notes in `line` what
 * it asks for. Each returns COMMAND_LINE_GOOD, or the exit status: after a message about a mistake,
 * or when the option did its work at once, as --version does.
 */
int command_set_version(struct command_line *line, const char *value);
int command_set_lsp(struct command_line *line, const char *value);
int command_set_words(struct command_line *line, const char *value);
int command_set_explain(struct command_line *line, const char *value);
int command_set_timeout(struct command_line *line, const char *value);
int command_set_format(struct command_line *line, const char *value);
int command_set_report(struct command_line *line, const char *value);
int command_add_filter(struct command_line *line, const char *value);
int command_add_tag(struct command_line *line, const char *value);
int command_add_expression(struct command_line *line, const char *value);
int command_set_shard(struct command_line *line, const char *value);
int command_set_reasons(struct command_line *line, const char *value);
int command_set_shuffle(struct command_line *line, const char *value);
int command_add_subject(struct command_line *line, enum subject_kind kind, const char *value);
int command_add_kernel(struct command_line *line, const char *value);
int command_add_claims(struct command_line *line, const char *value);
int command_add_include_folder(struct command_line *line, const char *value);
int command_set_model(struct command_line *line, const char *value);
int command_set_bless(struct command_line *line, const char *value);
int command_set_explore(struct command_line *line, const char *value);
int command_set_walks(struct command_line *line, const char *value);
int command_set_seed(struct command_line *line, const char *value);
int command_set_export(struct command_line *line, const char *value);
int command_set_format_script(struct command_line *line, const char *value);

#endif
