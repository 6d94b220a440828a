/*
 * Tree to text: what was built, as the language writes it. Parsed again it gives the same tree.
 * What is no part of the tree is lost: comments, notes behind an errno, the words that were
 * defined, what an include or a table of cases was.
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

/* A string in double quotes; what cannot be printed as \xHH. */
void print_string(const char *text, size_t length, FILE *out);

/*
 * A line: its time, the action from `column` on, counted from 0 (or one blank behind the time, when
 * that is longer), and a newline.
 */
void print_event(const struct event_node *event, int column, FILE *out);

/* All of the script: options, directives, events, a line each. */
void print_script(const struct script *script, int column, FILE *out);

#endif
