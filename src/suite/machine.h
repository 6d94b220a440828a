/* What a report says about the machine on which it was made. */
#ifndef TCPCLOSE_SUITE_MACHINE_H
#define TCPCLOSE_SUITE_MACHINE_H

#include "base/arena.h"
#include "report/report.h"

struct facts {
	struct arena *arena;
	const struct report_fact *first;
	const struct report_fact **end;
};

void facts_init(struct facts *facts, struct arena *arena);
void facts_add(struct facts *facts, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Adds the tool's version, the kernel, the machine, HZ, and sysctls that differ from the kernel's
 * own defaults.
 */
void facts_add_machine(struct facts *facts);

#endif
