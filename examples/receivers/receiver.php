<?php
/**
 * A receiver for PHP 8 without dependencies: it verifies the signature and drops duplicates.
 *
 *     WEBHOOK_SECRET=whsec_… php -S 127.0.0.1:4000 receiver.php
 *
 * There is a library for Composer, standard-webhooks/standard-webhooks; this shows what it does.
 */

declare(strict_types=1);

// A request that is older may be a recorded one that somebody sends again.
const TOLERANCE_SECONDS = 300;

/** Check a request as https://www.standardwebhooks.com describes. During a rotation of the secret there are two signatures. */
function isSigned(string $id, string $timestamp, string $signatures, string $body, string $secret): bool
{
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}

/** What your service does with an event. If it throws, the delivery is retried. */
function handle(object $event): void
{
    error_log($event->type . ' ' . json_encode($event->data));
}

function answer(int $status, string $text = ''): never
{
    http_response_code($status);
    exit($text);
}

$secret = getenv('WEBHOOK_SECRET') ?: answer(500, 'Set WEBHOOK_SECRET to the secret of the subscription.');
$body = file_get_contents('php://input');
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$isSigned = isSigned(
    $id,
    $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '',
    $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '',
    $body,
    $secret,
);
if (!$isSigned) {
    answer(401, 'wrong signature');
}

// One file for each id that was handled: creating it fails if it is there. A service with a database inserts the id in the
// transaction that does the work.
$directory = getenv('HANDLED') ?: sys_get_temp_dir() . '/handled-webhooks';
is_dir($directory) || mkdir($directory, 0700, true);
$note = $directory . '/' . hash('sha256', $id);
$file = @fopen($note, 'x');
if ($file === false) {
    answer(200, 'duplicate');
}
fclose($file);
try {
    handle(json_decode($body, false, 512, JSON_THROW_ON_ERROR));
} catch (Throwable $error) {
    unlink($note);
    error_log((string) $error);
    answer(500, 'not handled');
}
answer(204);
