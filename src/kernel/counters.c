#include "kernel/counters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NO_MATCH, MATCH_ANY_GROUP, MATCH_TCP, MATCH_FULL };

/* How well "Tcp:" and "OutRsts" answer to `name`. */
static int name_match(const char *name, const char *group, size_t group_length, const char *counter)
{
	if (!strncmp(name, group, group_length) && !strcmp(name + group_length, counter))
		return MATCH_FULL;
	if (strcmp(name, counter))
		return NO_MATCH;
	return strncmp(group, "Tcp", 3) ? MATCH_ANY_GROUP : MATCH_TCP;
}

/* A line of names and below it a line of numbers, both after "Group:". */
static int pair_search(const char *name, char *names, char *numbers, uint64_t *value)
{
	char *names_left, *numbers_left;
	char *group = strtok_r(names, " \n", &names_left);
	char *number = strtok_r(numbers, " \n", &numbers_left);
	char *counter;
	int best = NO_MATCH;

	if (!group || !number)
		return NO_MATCH;
	while ((counter = strtok_r(NULL, " \n", &names_left)) &&
	       (number = strtok_r(NULL, " \n", &numbers_left))) {
		int match = name_match(name, group, strcspn(group, ":"), counter);

		if (match > best) {
			best = match;
			*value = (uint64_t)strtoll(number, NULL, 10);
		}
	}
	return best;
}

static int pairs_search(const char *path, const char *name, uint64_t *value)
{
	FILE *file = fopen(path, "re");
	char *names = NULL, *numbers = NULL;
	size_t names_size = 0, numbers_size = 0;
	int best = NO_MATCH;

	if (!file)
		return NO_MATCH;
	while (getline(&names, &names_size, file) > 0 &&
	       getline(&numbers, &numbers_size, file) > 0) {
		uint64_t candidate = 0;
		int match = pair_search(name, names, numbers, &candidate);

		if (match > best) {
			best = match;
			*value = candidate;
		}
	}
	free(names);
	free(numbers);
	fclose(file);
	return best;
}

/* One name and one number a line; the names hold their group. */
static int lines_search(const char *path, const char *name, uint64_t *value)
{
	FILE *file = fopen(path, "re");
	char counter[64];
	unsigned long long number;
	int match = NO_MATCH;

	if (!file)
		return NO_MATCH;
	while (match == NO_MATCH && fscanf(file, "%63s %llu", counter, &number) == 2)
		if (!strcmp(counter, name)) {
			*value = number;
			match = MATCH_FULL;
		}
	fclose(file);
	return match;
}

/* Not all that stands among the counters counts. */
static bool is_setting(const char *name)
{
	static const char *const names[] = {
		"Forwarding", "DefaultTTL", "RtoAlgorithm", "RtoMin", "RtoMax", "MaxConn",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static void pairs_print(FILE *out, const char *path)
{
	FILE *file = fopen(path, "re");
	char *names = NULL, *numbers = NULL;
	size_t names_size = 0, numbers_size = 0;

	while (file && getline(&names, &names_size, file) > 0 &&
	       getline(&numbers, &numbers_size, file) > 0) {
		char *names_left, *numbers_left, *name, *number;
		char *group = strtok_r(names, " \n", &names_left);

		strtok_r(numbers, " \n", &numbers_left);
		while ((name = strtok_r(NULL, " \n", &names_left)) &&
		       (number = strtok_r(NULL, " \n", &numbers_left)))
			if (strcmp(number, "0") && !is_setting(name))
				fprintf(out, "%.*s%s %s\n", (int)strcspn(group, ":"), group, name,
				        number);
	}
	free(names);
	free(numbers);
	if (file)
		fclose(file);
}

static void lines_print(FILE *out, const char *path)
{
	FILE *file = fopen(path, "re");
	char name[64];
	unsigned long long number;

	while (file && fscanf(file, "%63s %llu", name, &number) == 2)
		if (number)
			fprintf(out, "%s %llu\n", name, number);
	if (file)
		fclose(file);
}

void counters_print(FILE *out)
{
	pairs_print(out, "/proc/thread-self/net/snmp");
	pairs_print(out, "/proc/thread-self/net/netstat");
	lines_print(out, "/proc/thread-self/net/snmp6");
}

bool counter_read(const char *name, uint64_t *value)
{
	static const struct {
		const char *path;
		int (*search)(const char *path, const char *name, uint64_t *value);
	} files[] = {
		/* Of this thread, not of the process: they can differ in a namespace. */
		{ "/proc/thread-self/net/netstat", pairs_search },
		{ "/proc/thread-self/net/snmp", pairs_search },
		{ "/proc/thread-self/net/snmp6", lines_search },
	};
	int best = NO_MATCH;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]) && best < MATCH_TCP; i++) {
		uint64_t candidate = 0;
		int match = files[i].search(files[i].path, name, &candidate);

		if (match > best) {
			best = match;
			*value = candidate;
		}
	}
	return best != NO_MATCH;
}
