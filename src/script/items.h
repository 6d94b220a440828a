/*
 * Puts the items of a script into the tree, one after the other: events, options, commands and
 * directives. An item may bring another text with it: an include, or a string that is an action.
 */
#ifndef TCPCLOSE_SCRIPT_ITEMS_H
#define TCPCLOSE_SCRIPT_ITEMS_H

#include "script/building.h"

/*
 * Adds an event with its time and the place of its action. A string in the place of an action is
 * parsed as a text of its own.
 */
void add_event(struct parsing *p, struct event_node *event, struct when when, struct range where);

/* --name=value. The scanner knows a define from the next word on. */
void add_option(struct parsing *p, struct option_node *option);

/* A command in back-quotes without a time: before the first event, or after the last one. */
void add_command(struct parsing *p, struct word command);

/* A line that begins with a directive. An included file is parsed at once. */
void add_directive(struct parsing *p, struct directive_node *directive);

#endif
