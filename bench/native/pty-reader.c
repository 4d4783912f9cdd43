// The limit of reading a scanner: a blocking read of the device named on the command line. For each frame ended by CR the
// monotonic time in nanoseconds at which it was whole is printed.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int main(int count, char **words) {
  const int device = count == 2 ? open(words[1], O_RDONLY | O_NOCTTY) : -1;
  if (device < 0) {
    perror("device");
    return 1;
  }
  printf("ready\n");
  fflush(stdout);
  char bytes[512];
  for (;;) {
    const ssize_t got = read(device, bytes, sizeof bytes);
    if (got <= 0) return 0;
    if (memchr(bytes, '\r', (size_t)got) == NULL) continue;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    printf("%lld\n", now.tv_sec * 1000000000LL + now.tv_nsec);
    fflush(stdout);
  }
}
