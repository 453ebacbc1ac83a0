<?php

declare(strict_types=1);

// A hook URL on PHP's own server: `php -S 127.0.0.1:PORT receiver.php`, with the secrets of its paths as JSON in SECRETS.

const TOLERANCE_SECONDS = 300;

function isGenuine(string $secret, string $body): bool
{
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'];
    if (abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }
    $key = base64_decode(substr($secret, strlen('whsec_')), true);
    $signed = "{$_SERVER['HTTP_WEBHOOK_ID']}.$timestamp.$body";
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', $signed, $key, true));
    foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE']) as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

$path = $_SERVER['REQUEST_URI'];
$body = file_get_contents('php://input');
$secrets = json_decode(getenv('SECRETS'), true, flags: JSON_THROW_ON_ERROR);

if (!isGenuine($secrets[$path], $body)) {
    http_response_code(401);
    echo 'The signature is wrong.';
    return;
}

switch ($path) {
    case '/gone':
        http_response_code(410);
        break;
    case '/later':
        http_response_code(429);
        header('Retry-After: 3600');
        echo 'Later, please.';
        break;
    case '/moved':
        header('Location: /elsewhere', response_code: 302);
        break;
    default:
        $event = json_decode($body, true, flags: JSON_THROW_ON_ERROR);
        header("X-Total: {$event['data']['total']}");
        echo 'Merci, reçu ✓';
}
