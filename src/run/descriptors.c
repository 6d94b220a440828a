#include "run/descriptors.h"

void descriptors_open(struct descriptors *descriptors, int script, int live,
                      struct connection *connection)
{
	if (script >= 0 && script < SCRIPT_DESCRIPTORS)
		descriptors->list[script] = (struct descriptor){ true, live, connection };
}

void descriptors_close(struct descriptors *descriptors, int script)
{
	if (script >= 0 && script < SCRIPT_DESCRIPTORS)
		descriptors->list[script].open = false;
}

static const struct descriptor *find(const struct descriptors *descriptors, int64_t script)
{
	if (script < 0 || script >= SCRIPT_DESCRIPTORS || !descriptors->list[script].open)
		return NULL;
	return &descriptors->list[script];
}

int descriptors_live(const struct descriptors *descriptors, int64_t script)
{
	const struct descriptor *descriptor = find(descriptors, script);

	return descriptor ? descriptor->live : -1;
}

static bool is_taken(const struct descriptors *descriptors, int live)
{
	for (int i = 0; i < SCRIPT_DESCRIPTORS; i++)
		if (descriptors->list[i].open && descriptors->list[i].live == live)
			return true;
	return false;
}

/*
 * The harness and the kernel take the lowest free numbers. So a number from far above is free,
 * unless the script has it; the usual limit is 1024. It must be the same in every run, because of
 * recordings.
 */
int descriptors_to_be(const struct descriptors *descriptors, int64_t script)
{
	enum { FAR_ABOVE = 512 };
	const struct descriptor *descriptor = find(descriptors, script);
	int live = FAR_ABOVE;

	if (script < 0 || descriptor)
		return descriptor ? descriptor->live : (int)script;
	while (is_taken(descriptors, live))
		live++;
	return live;
}

bool descriptors_range(const struct descriptors *descriptors, int64_t first, int64_t last,
                       int *lowest, int *highest)
{
	int between = 0;

	*lowest = *highest = -1;
	for (int64_t i = first < 0 ? 0 : first; i <= last && i < SCRIPT_DESCRIPTORS; i++) {
		const struct descriptor *descriptor = find(descriptors, i);

		if (!descriptor)
			continue;
		between++;
		if (*lowest < 0 || descriptor->live < *lowest)
			*lowest = descriptor->live;
		if (descriptor->live > *highest)
			*highest = descriptor->live;
	}
	return !between || *highest - *lowest + 1 == between;
}

void descriptors_close_range(struct descriptors *descriptors, int64_t first, int64_t last)
{
	for (int64_t i = first < 0 ? 0 : first; i <= last && i < SCRIPT_DESCRIPTORS; i++)
		descriptors->list[i].open = false;
}

struct connection *descriptors_connection(const struct descriptors *descriptors, int64_t script)
{
	const struct descriptor *descriptor = find(descriptors, script);

	return descriptor ? descriptor->connection : NULL;
}

int descriptors_of(const struct descriptors *descriptors, const struct connection *connection,
                   int *live)
{
	for (int i = 0; i < SCRIPT_DESCRIPTORS; i++)
		if (descriptors->list[i].open && descriptors->list[i].connection == connection) {
			*live = descriptors->list[i].live;
			return i;
		}
	return -1;
}
