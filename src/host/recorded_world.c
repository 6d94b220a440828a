#include "host/recorded_world.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "host/recording.h"

static void number_write(FILE *out, const char *name, unsigned number)
{
	if (number)
		fprintf(out, ", %s %u", name, number);
}

void world_write(FILE *out, const struct host_config *config)
{
	char local[IP_ADDRESS_TEXT], remote[IP_ADDRESS_TEXT], gateway[IP_ADDRESS_TEXT];

	fprintf(out, "world %s/%u > %s/%u by %s", ip_address_print(&config->local, local),
	        config->local_prefix, ip_address_print(&config->remote, remote),
	        config->remote_prefix, ip_address_print(&config->gateway, gateway));
	if (config->anyip)
		fputs(", anyip", out);
	number_write(out, "mtu", config->mtu);
	number_write(out, "speed", config->speed);
	number_write(out, "gso", config->gso_size);
	for (const struct setting *sysctl = config->sysctls; sysctl; sysctl = sysctl->next) {
		fprintf(out, ", sysctl %s ", sysctl->name);
		text_write(out, sysctl->value);
	}
}

/* Skips the parts between commas that are equal. When one line has nothing left, its part is "". */
static void tell_difference(const char *recorded, const char *asked, char *error)
{
	const char *comma = ", ";

	while (*recorded && *asked) {
		size_t length = strcspn(recorded, ",");

		if (strncmp(recorded, asked, length) || (asked[length] && asked[length] != ','))
			break;
		recorded += length;
		recorded += strspn(recorded, comma);
		asked += length;
		asked += strspn(asked, comma);
	}
	fault_say(FAULT_BROKEN, error,
	          "the recording is of another world: it has '%.*s' where the script "
	          "and its options have '%.*s'",
	          (int)strcspn(recorded, ","), recorded, (int)strcspn(asked, ","), asked);
}

bool world_is(const char *recorded, const struct host_config *config, char error[FAULT_TEXT])
{
	char *asked = NULL;
	size_t size;
	FILE *out = open_memstream(&asked, &size);
	bool same = false;

	if (out)
		world_write(out, config);
	if (!out || fclose(out) == EOF)
		fault_say(FAULT_BROKEN, error, "recording: %s", strerror(errno));
	else if (!(same = !recorded || !strcmp(recorded, asked)))
		tell_difference(recorded, asked, error);
	free(asked);
	return same;
}
