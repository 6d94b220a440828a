/*
 * What a script consists of, put into the tree one after the other: events, options, commands and
 * directives; and the texts within a text, which an include names and a string can be.
 */
#ifndef TCPCLOSE_SCRIPT_ITEMS_H
#define TCPCLOSE_SCRIPT_ITEMS_H

#include "script/building.h"

/*
 * An event, with its time and the place of its action. A string in the place of an action is parsed
 * as a text of its own.
 */
void add_event(struct parsing *p, struct event_node *event, struct when when, struct range where);

/* --name=value; the scanner knows a definition from the next word on. */
void add_option(struct parsing *p, struct option_node *option);

/* `command` without a time: before the first event, or behind the last. */
void add_command(struct parsing *p, struct word command);

/* A line that begins with a word of ours; an include is parsed here and now. */
void add_directive(struct parsing *p, struct directive_node *directive);

#endif
