<?php
// php install.php SITE ARTICLES: install the site in its empty MariaDB, once that answers, with the articles of a JSON file.

const START_SECONDS = 60;
const ON_FRONT_PAGE = 6;
const IN_LIST = 12;
[, $site, $articles] = $argv;

function create_database(string $socket): void
{
    mysqli_report(MYSQLI_REPORT_OFF);
    for ($second = 0; $second < START_SECONDS; $second++) {
        $database = @mysqli_connect('localhost', 'root', '', '', 0, $socket);
        if ($database) {
            mysqli_query($database, 'CREATE DATABASE wordpress CHARACTER SET utf8mb4');
            return;
        }
        sleep(1);
    }
    exit("MariaDB does not answer at $socket\n");
}

// Stands for WordPress's own, which sends a letter.
function wp_new_blog_notification(): void
{
}

function publish(array $post): int
{
    $id = wp_insert_post(wp_slash($post + ['post_status' => 'publish', 'post_author' => 1]), true);
    if (is_wp_error($id)) {
        fwrite(STDERR, $id->get_error_message() . "\n");
        exit(1);
    }
    return $id;
}

function body(array $blocks): string
{
    return implode("\n", array_map(fn ($block) => "<!-- wp:paragraph -->\n{$block['value']}\n<!-- /wp:paragraph -->", $blocks));
}

create_database(dirname($site) . '/mariadb.sock');
define('WP_INSTALLING', true);
define('WP_IMPORTING', true);  // no pings
require "$site/wp-load.php";
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('新闻门户', 'bench', 'bench@localhost.localdomain', true, '', wp_generate_password(), 'zh_CN');
wp_installing(false);

foreach (get_posts(['post_type' => ['post', 'page'], 'post_status' => 'any', 'numberposts' => -1]) as $sample) {
    wp_delete_post($sample->ID, true);
}
switch_theme(WP_Theme::get_core_default_theme()->get_stylesheet());
$latest = json_encode(['postsToShow' => ON_FRONT_PAGE, 'displayPostContent' => true, 'displayPostDate' => true]);
$options = [
    'permalink_structure' => '/news/%postname%/',
    'timezone_string' => 'Asia/Shanghai',
    'default_comment_status' => 'closed',
    'default_ping_status' => 'closed',
    'posts_per_page' => IN_LIST,
    'show_on_front' => 'page',
    'page_on_front' => publish(['post_type' => 'page', 'post_title' => '首页', 'post_content' => "<!-- wp:latest-posts $latest /-->"]),
    'page_for_posts' => publish(['post_type' => 'page', 'post_title' => '新闻', 'post_name' => 'news']),
];
array_walk($options, fn ($value, $name) => update_option($name, $value));

foreach (json_decode(file_get_contents($articles), true, flags: JSON_THROW_ON_ERROR) as $article) {
    publish([
        'post_title' => $article['title'],
        'post_name' => $article['slug'],
        'post_date' => "{$article['date']} 00:00:00",
        'post_excerpt' => $article['summary'],
        'post_content' => body($article['body']),
    ]);
}
