/*
 * Makes text of a tree. When the text is parsed again, it gives the same tree. What is not in the
 * tree is lost: comments, notes behind an errno, the words that were defined, and whether something
 * came from an include or a table of cases.
 */
#ifndef TCPCLOSE_SCRIPT_PRINT_H
#define TCPCLOSE_SCRIPT_PRINT_H

#include <stdio.h>

#include "script/ast.h"

/* "+0~+.1", "*" */
void print_when(const struct when *when, FILE *out);

/* The event without its time: "> F. 1:1(0) ack 1 or > R. 1:1(0)", "close(3) = 0". */
void print_action(const struct event_node *event, FILE *out);

/* One packet: "< F. 1:1(0) ack 1 win 257"; without its modifier and its alternatives. */
void print_packet(const struct packet_node *packet, FILE *out);

/* An argument of a call, or a result. */
void print_expr(const struct expr *expr, FILE *out);

/* A string in double quotes. Bytes that cannot be printed become \xHH. */
void print_string(const char *text, size_t length, FILE *out);

/*
 * A line: the time of the event, its action, and a newline. The action begins at `column`, counted
 * from 0, or one blank behind the time when that is longer.
 */
void print_event(const struct event_node *event, int column, FILE *out);

/* The whole script: options, directives and events, each on a line. */
void print_script(const struct script *script, int column, FILE *out);

#endif
