/*
 * The page of the model's transitions: which scripts take each rule in each of its states, which
 * only an exploration takes, and which nothing does.
 */
#ifndef TCPCLOSE_REPORT_TRANSITIONS_PAGE_H
#define TCPCLOSE_REPORT_TRANSITIONS_PAGE_H

#include <stdio.h>

#include "base/arena.h"
#include "model/circumstances.h"
#include "model/transitions.h"
#include "report/report.h"

struct transitions_page;

/* With the departures of Linux when `mode` is MODEL_LINUX. */
struct transitions_page *transitions_page_new(struct arena *arena, enum model_mode mode);

/* Those that an exploration took. */
struct transitions *transitions_page_explored(struct transitions_page *page);

/* What a test took, if the model was asked about it. */
void transitions_page_add(struct transitions_page *page, const struct report_test *test);

/* Where the tests were played: the fact "kernel". */
void transitions_page_system(struct transitions_page *page, const struct report_fact *facts);

void transitions_page_print(const struct transitions_page *page, FILE *out);

#endif
