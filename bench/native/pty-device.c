// A serial device on a pseudo terminal: prints its path; each line on stdin is sent as one frame ended by CR, and the
// monotonic time in nanoseconds just before its first byte left is printed. What the reader writes is dropped.
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static long long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void send_frame(int master, const char *text, size_t length) {
  char frame[512];
  if (length + 1 > sizeof frame) exit(2);
  memcpy(frame, text, length);
  frame[length] = '\r';
  const long long left_ns = now_ns();
  if (write(master, frame, length + 1) != (ssize_t)length + 1) fail("write");
  printf("%lld\n", left_ns);
  fflush(stdout);
}

int main(void) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) < 0 || unlockpt(master) < 0) fail("pty");
  // Held open, so that the device keeps its settings and no reader's end hangs it up.
  const int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  struct termios mode;
  if (slave < 0 || tcgetattr(slave, &mode) < 0) fail("slave");
  cfmakeraw(&mode);
  if (tcsetattr(slave, TCSANOW, &mode) < 0) fail("raw");
  printf("%s\n", ptsname(master));
  fflush(stdout);
  char line[512];
  size_t used = 0;
  struct pollfd watched[2] = {{0, POLLIN, 0}, {master, POLLIN, 0}};
  for (;;) {
    if (poll(watched, 2, -1) < 0) fail("poll");
    if (watched[1].revents & POLLIN) {
      char dropped[512];
      if (read(master, dropped, sizeof dropped) < 0) fail("read");
    }
    if ((watched[0].revents & (POLLIN | POLLHUP)) == 0) continue;
    const ssize_t got = read(0, line + used, sizeof line - used);
    if (got <= 0) return 0;
    used += (size_t)got;
    for (char *end; (end = memchr(line, '\n', used)) != NULL;) {
      const size_t length = (size_t)(end - line);
      send_frame(master, line, length);
      used -= length + 1;
      memmove(line, end + 1, used);
    }
  }
}
