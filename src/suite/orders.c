#include "suite/orders.h"

#include <stdio.h>
#include <string.h>

#include "guest/share.h"
#include "suite/script_read.h"

/* ---- a line: what identifies a test; the path comes last ---- */

struct order {
	unsigned number, case_index, ip_version, repetition, subject;
	const char *path;
};

const char *orders_line(struct arena *arena, const struct test *test)
{
	return arena_printf(arena, "%u %zu %u %u %u %s", test->number, test->script->case_index,
	                    (unsigned)test->ip_version, test->repetition, test->subject,
	                    test->script->path);
}

static bool parse(const char *line, struct order *order)
{
	int length = 0;
	bool good = sscanf(line, "%u %u %u %u %u %n", &order->number, &order->case_index,
	                   &order->ip_version, &order->repetition, &order->subject, &length) == 5;

	order->path = line + length;
	return good && length;
}

/* ---- in the guest ---- */

/* The tests of a file follow each other. */
static struct script_file *file_of(struct orders *orders, const char *path)
{
	if (orders->file && !strcmp(orders->file->path, path))
		return orders->file;
	if (orders->file)
		script_file_let_go(orders->file);
	orders->file = script_file_read(path);
	return orders->file;
}

void orders_read(struct orders *orders)
{
	static const char *const none[] = { NULL };

	orders->arena = arena_new();
	orders->file = NULL;
	orders->next = share_read(orders->arena, SHARE_INSIDE, SHARE_TESTS, NULL);
	if (!orders->next)
		orders->next = none;
}

bool orders_next(struct orders *orders, struct plan *plan, const struct suite_options *options)
{
	struct test_script *script = NULL;
	struct order order;

	plan->count = 0;
	for (; *orders->next && parse(*orders->next, &order); orders->next++) {
		bool same = script && script->case_index == order.case_index &&
		            !strcmp(script->path, order.path);

		if (plan->count && !same && options->virtual_time)
			break;
		if (!same)
			script = test_script_read(file_of(orders, order.path), order.case_index,
			                          options);
		struct test *test =
			test_new(script, (enum ip_version)order.ip_version, order.repetition,
		                 order.subject, options->subject_count > 1);
		test->number = order.number;
		plan_add(plan, test);
	}
	return plan->count > 0;
}
